package io.vedette.api.model;

import io.vedette.api.aws.AwsError;
import io.vedette.api.dataset.Dataset;
import io.vedette.api.dataset.Datasets;
import io.vedette.common.dataset.BadEntry;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.dataset.Label;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many images each anomaly label has, where the minima ask for that. */
@ApplicationScoped
class LabelCounts {
    private final Datasets datasets;
    private final ModelSettings settings;

    LabelCounts(Datasets datasets, ModelSettings settings) {
        this.datasets = datasets;
        this.settings = settings;
    }

    /**
     * Reads all entries, by batches: not to be called in a transaction.
     *
     * @throws io.vedette.api.aws.ServiceException VALIDATION if a label has too few images
     */
    void check(TrainingSource source) {
        if (settings.minima().countLabels()) {
            settings.minima()
                    .missingLabels(of(source.train()), source.test().map(this::of))
                    .ifPresent(missing -> {
                        throw AwsError.VALIDATION.because(missing);
                    });
        }
    }

    private Map<String, Integer> of(Dataset dataset) {
        Map<String, Integer> counts = new TreeMap<>();
        datasets.entries(dataset.datasetId(), dataset.revision(), entry -> count(entry, counts));
        return counts;
    }

    /** By what the line says: a mask has the labels that its line's colour map names. */
    static void count(DatasetEntry entry, Map<String, Integer> counts) {
        List<DefectClass> labels =
                labels(entry).stream().filter(each -> !each.isBackground()).toList();
        labels.forEach(label -> counts.merge(label.name(), labels.size() == 1 ? 1 : 0, Integer::sum));
    }

    private static List<DefectClass> labels(DatasetEntry entry) {
        if (entry.label().filter(Label.ANOMALY::equals).isEmpty()
                || entry.maskRef().isEmpty()) {
            return List.of();
        }
        try {
            return entry.defectClasses();
        } catch (BadEntry unreadable) {
            return List.of(); // the training will say so, and name the image
        }
    }
}
