package io.vedette.trainer;

import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.Example;
import io.vedette.anomaly.Learner;
import io.vedette.anomaly.LearnerSettings;
import io.vedette.anomaly.TrainedModel;
import io.vedette.anomaly.backbone.NoSuchBackbone;
import io.vedette.common.artifact.DefectColors;
import io.vedette.common.dataset.DatasetEntry;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.dataset.Label;
import io.vedette.common.event.EventJson;
import io.vedette.common.event.WorkEvent.ModelTrained;
import io.vedette.common.event.WorkEvent.TrainRequested;
import io.vedette.runtime.BackboneFile;
import io.vedette.runtime.ImageReads;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.Scratch;
import io.vedette.runtime.SnapshotReader;
import io.vedette.runtime.UsersMistake;
import io.vedette.runtime.Work;
import io.vedette.runtime.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** One training: frozen entries to labelled images to a model to an artifact. */
final class Training {
    private static final Logger LOG = Logger.getLogger(Training.class);

    private final ObjectStore store;
    private final ArtifactWriter artifacts;
    private final LearningSettings learning;
    private final WorkerSettings worker;

    Training(ObjectStore store, ArtifactWriter artifacts, LearningSettings learning, WorkerSettings worker) {
        this.store = store;
        this.artifacts = artifacts;
        this.learning = learning;
        this.worker = worker;
    }

    /** @return what is to be announced: the artifact is complete */
    ModelTrained perform(Work<TrainRequested> run) throws IOException {
        run.progress("reading the data set", 0, 1);
        List<DatasetEntry> entries =
                labelled(new SnapshotReader(store, run).read(run.request().trainEntries()));
        ImageReads images = new ImageReads(store, run);
        try (Scratch scratch = Scratch.open(worker.worker().scratch())) {
            learn(run, entries, images, scratch);
            run.progress("storing the model", 0, 1);
            SourceImages.write(scratch.directory(), entries, images);
            ModelTrained trained = artifacts.store(run, scratch.directory(), entries.size());
            LOG.infof("trained run=%s images=%d reads=%d", run.id(), entries.size(), images.count());
            return trained;
        }
    }

    private static List<DatasetEntry> labelled(List<DatasetEntry> entries) {
        List<DatasetEntry> labelled =
                entries.stream().filter(entry -> entry.label().isPresent()).toList();
        if (labelled.isEmpty()) {
            throw new UsersMistake("The training dataset has no labelled images.");
        }
        return labelled;
    }

    private void learn(Work<?> run, List<DatasetEntry> entries, ImageReads images, Scratch scratch) throws IOException {
        Optional<Rehearsal> rehearsal = learning.rehearsal().map(Rehearsal::new).filter(Rehearsal::isReady);
        if (rehearsal.isPresent()) {
            rehearsal.get().perform(run, entries, images, scratch.directory());
            return;
        }
        List<Example> examples =
                entries.stream().map(entry -> example(entry, images)).toList();
        try (Scratch cells = Scratch.open(worker.worker().scratch());
                Learner learner = new Learner(settings(run, cells));
                TrainedModel model = learner.learn(examples, run::progress)) {
            run.progress("writing the model", 0, 1);
            model.write(scratch.directory());
            writeColors(scratch, model.defects(), entries);
        } catch (BadImage bad) {
            throw new UsersMistake(bad.getMessage(), bad);
        } catch (NoSuchBackbone bad) {
            throw new UsersMistake("The service cannot train now: " + bad.getMessage() + ".", bad);
        }
    }

    private LearnerSettings settings(Work<?> run, Scratch files) {
        LearnerSettings settings = learning.learner();
        String backbone = BackboneFile.fetched(settings.backbone(), files.directory(), store, run);
        return settings.withBackbone(backbone).withScratch(files.directory());
    }

    private static void writeColors(Scratch scratch, List<String> defects, List<DatasetEntry> entries)
            throws IOException {
        if (!defects.isEmpty()) {
            Stream<DefectClass> manifest = entries.stream()
                    .filter(entry -> entry.label().orElseThrow() == Label.ANOMALY)
                    .flatMap(entry -> S3Mask.classes(entry).stream());
            byte[] colors = EventJson.mapper().writeValueAsBytes(DefectColors.of(defects, manifest));
            Files.write(scratch.directory().resolve(DefectColors.FILE), colors);
        }
    }

    private static Example example(DatasetEntry entry, ImageReads images) {
        return new Example(
                new S3Photograph(entry.sourceRef(), images),
                entry.label().orElseThrow() == Label.ANOMALY,
                S3Mask.of(entry, images::read));
    }
}
