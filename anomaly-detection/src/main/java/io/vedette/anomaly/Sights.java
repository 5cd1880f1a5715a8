package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.head.PatchFile;
import io.vedette.anomaly.head.Projection;
import io.vedette.anomaly.image.Dimensions;
import io.vedette.anomaly.image.Pixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Photographs that the network has seen, once for all models of a lesson. Not for use by two threads at once. */
public final class Sights implements AutoCloseable {
    private final Backbone backbone;
    private final Dimensions images;
    private final PatchFile patches;
    private final List<float[]> pooled = new ArrayList<>();
    private long lookNanos;
    private long cellNanos;

    Sights(
            List<Photograph> photographs,
            Material material,
            LearnerSettings settings,
            Backbone backbone,
            Progress progress) {
        this.backbone = backbone;
        images = material.images();
        patches = new PatchFile(
                settings.scratch(),
                material.patches().cells(),
                material.patches().channels());
        try (Projection.Whitening whitening = material.projection().on(backbone.manager())) {
            for (Photograph photograph : photographs) {
                progress.at("Looking at test images", pooled.size(), photographs.size());
                see(photograph, settings.imageSide(), whitening);
            }
        } catch (RuntimeException e) {
            patches.close();
            throw e;
        }
    }

    private void see(Photograph photograph, int side, Projection.Whitening whitening) {
        long start = System.nanoTime();
        Pixels pixels = Pictures.decode(Pictures.open(photograph), side, images, "the model was trained on");
        try (FeatureMap map = backbone.features(pixels)) {
            long seen = System.nanoTime();
            lookNanos += seen - start;
            NDArray cells = whitening.apply(map.taps());
            cellNanos += System.nanoTime() - seen;
            pooled.add(map.pooled());
            patches.append(cells);
        }
    }

    /** What {@link TrainedModel#inspect(Photograph)} says of a photograph, by its place in the list. */
    public Verdict verdict(TrainedModel model, int place) {
        try (NDManager scope = backbone.scope()) {
            NDArray cells = model.scoresCells() ? patches.read(scope, place).squeeze(0) : null;
            return model.judge(pooled.get(place), cells, model.threshold());
        }
    }

    /** What it takes on average from a photograph's bytes to what this model judges. */
    public Duration looking(TrainedModel model) {
        long nanos = model.scoresCells() ? lookNanos + cellNanos : lookNanos;
        return Duration.ofNanos(nanos / Math.max(1, pooled.size()));
    }

    /** The photographs' size. */
    public Dimensions images() {
        return images;
    }

    @Override
    public void close() {
        patches.close();
    }
}
