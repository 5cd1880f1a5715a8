package io.vedette.inference;

import io.vedette.anomaly.BadImage;
import io.vedette.anomaly.DefectMask;
import io.vedette.anomaly.Drawings;
import io.vedette.anomaly.TrainedModel;
import io.vedette.anomaly.TrainedModel.Asked;
import io.vedette.anomaly.TrainedModel.Prepared;
import io.vedette.anomaly.Verdict;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.ImageFile;
import io.vedette.anomaly.image.UnusableImage;
import io.vedette.common.dataset.DefectClass;
import io.vedette.common.inference.Detected;
import io.vedette.common.inference.Detected.Area;
import io.vedette.common.inference.Detected.Details;
import io.vedette.inference.Stages.Stage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** One photograph, one answer. The score is the evaluation's: the same code, given the same bytes. */
@Singleton
final class Detection {
    private final ModelCache models;
    private final Places places;
    private final Stages stages;
    private final Together.Settings together;
    private final Semaphore lanes;

    Detection(ModelCache models, Places places, Stages stages, InferenceSettings settings, Together.Settings together) {
        this.models = models;
        this.places = places;
        this.stages = stages;
        this.together = together;
        this.lanes = new Semaphore(settings.lanes(), true);
    }

    /**
     * @param threshold the model's own where empty
     * @param details whether heat and instances are wanted
     */
    record Wanted(ModelKey model, int units, OptionalDouble threshold, boolean details) {}

    /** @param name as messages call it, behind the words "The image" */
    record Sent(String name, byte[] bytes) implements io.vedette.anomaly.Photograph {
        @Override
        public byte[] read() {
            return bytes;
        }
    }

    /**
     * @throws BadImage if the photograph is none, or not one for this model
     * @throws Overloaded if the model has no place for it
     */
    Detected detect(Wanted wanted, byte[] photograph) {
        Sent sent = new Sent("in the request", photograph);
        return places.within(
                wanted.model(),
                wanted.units(),
                () -> scored(wanted, sent, (verdict, colors) -> answer(verdict, colors, wanted)));
    }

    /** As {@link #detect}, but without a place, and of a segmentation model the areas alone, without any picture. */
    Detected detectUnplaced(Wanted wanted, Sent photograph) {
        return scored(wanted, photograph, Detection::withoutPictures);
    }

    private Detected scored(Wanted wanted, Sent photograph, BiFunction<Verdict, List<DefectClass>, Detected> answer) {
        Dimensions size = dimensions(photograph);
        while (true) {
            LoadedModel model = models.get(wanted.model());
            Prepared prepared = stages.time(Stage.DECODE, () -> prepared(model.model(), photograph, size));
            Optional<Verdict> verdict = inLane(model, wanted, prepared);
            if (verdict.isPresent()) {
                return stages.time(Stage.ENCODE, () -> answer.apply(verdict.get(), model.colors()));
            }
        }
    }

    private static Dimensions dimensions(Sent photograph) {
        try {
            return ImageFile.of(photograph.name(), photograph.bytes()).dimensions();
        } catch (UnusableImage unusable) {
            throw new BadImage(unusable.getMessage());
        }
    }

    private static Prepared prepared(TrainedModel model, Sent photograph, Dimensions size) {
        if (!size.equals(model.images())) {
            throw new BadImage("The image " + photograph.name() + " is " + size
                    + " pixels; the model was trained on images of " + model.images() + " pixels.");
        }
        return model.prepare(photograph);
    }

    /** Empty if the model was closed meanwhile. */
    private Optional<Verdict> inLane(LoadedModel model, Wanted wanted, Prepared prepared) {
        TrainedModel trained = model.model();
        Asked asked = new Asked(prepared, wanted.threshold().orElse(trained.threshold()));
        // INVARIANT: on a CPU a score never depends on what else is scored at the moment.
        int most = trained.isOnGpu() ? together.together() : 1;
        return model.together().inspect(asked, lanes, most, batch -> model.use(it -> pass(it, batch)));
    }

    private List<Verdict> pass(TrainedModel model, List<Asked> batch) {
        long start = System.nanoTime();
        AtomicLong seen = new AtomicLong();
        Runnable hasSeen = () -> seen.set(System.nanoTime());
        List<Verdict> verdicts = batch.size() == 1
                ? List.of(model.inspect(batch.get(0).photograph(), batch.get(0).threshold(), hasSeen))
                : model.inspect(batch, hasSeen);
        stages.took(Stage.BACKBONE, seen.get() - start);
        stages.took(Stage.HEAD, System.nanoTime() - seen.get());
        return verdicts;
    }

    private static Detected answer(Verdict verdict, List<DefectClass> colors, Wanted wanted) {
        Optional<DefectMask> mask = verdict.defects();
        int[] rgb = colors.stream().mapToInt(DefectClass::rgb).toArray();
        return new Detected(
                verdict.anomalous(),
                verdict.confidence(),
                verdict.score(),
                verdict.threshold(),
                mask.map(it -> areas(it, colors)).orElse(null),
                mask.map(it -> Drawings.mask(it, rgb)).orElse(null),
                wanted.details() ? details(verdict, colors) : null);
    }

    private static Detected withoutPictures(Verdict verdict, List<DefectClass> colors) {
        return new Detected(
                verdict.anomalous(),
                verdict.confidence(),
                verdict.score(),
                verdict.threshold(),
                verdict.defects().map(it -> areas(it, colors)).orElse(null),
                null,
                null);
    }

    private static Details details(Verdict verdict, List<DefectClass> colors) {
        return new Details(
                verdict.heat().isEmpty() ? null : Drawings.heat(verdict.heat()),
                verdict.defects().map(mask -> Instances.of(mask, colors)).orElse(null));
    }

    private static List<Area> areas(DefectMask mask, List<DefectClass> colors) {
        List<Area> areas = new ArrayList<>();
        double all = mask.labels().length;
        for (int i = 0; i < colors.size(); i++) {
            int pixels = mask.pixels(i);
            if (pixels > 0) {
                areas.add(new Area(colors.get(i).name(), colors.get(i).color(), pixels / all));
            }
        }
        return areas;
    }
}
