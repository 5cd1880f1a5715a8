package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model consists of, by name: each part has a score of its own.
 *
 * @param heads of whole pictures
 * @param scorers of cells
 */
public record Parts(Map<String, Head> heads, Map<String, PatchScorer> scorers) implements AutoCloseable {
    public static final String IMAGE_BRANCH = "image-branch";
    public static final String MAHALANOBIS = "mahalanobis";
    public static final String PATCH_HEAD = "patch-head";
    public static final String PADIM = "padim";
    public static final String PATCHCORE = "patchcore";

    /**
     * What the parts say of a picture.
     *
     * @param scores of each part
     * @param outputs of each part that knows cells: {@link PatchScorer.Scored#outputs}
     */
    public record Reading(Map<String, Double> scores, Map<String, float[][]> outputs) {
        /** The cells' scores, of each part that has them. */
        public Map<String, float[]> maps() {
            Map<String, float[]> maps = new LinkedHashMap<>();
            outputs.forEach((name, of) -> maps.put(name, of[0]));
            return maps;
        }
    }

    /**
     * @param pooled 3C float32
     * @param cells (n, d) whitened float32; needed only if there are scorers
     */
    public Reading read(float[] pooled, NDArray cells) {
        Reading reading = new Reading(new LinkedHashMap<>(), new LinkedHashMap<>());
        heads.forEach((name, head) -> reading.scores.put(name, head.score(pooled)));
        scorers.forEach((name, scorer) -> {
            PatchScorer.Scored scored = scorer.read(cells);
            reading.outputs.put(name, scored.outputs());
            reading.scores.put(name, scored.picture());
        });
        return reading;
    }

    public void into(Map<String, Tensor> tensors) {
        heads.values().forEach(head -> head.into(tensors));
        scorers.values().forEach(scorer -> scorer.into(tensors));
    }

    /** The parts that {@link #into} wrote, with the same scores to the last bit. */
    public static Parts of(Iterable<String> names, SafeTensors stored, NDManager device) {
        Parts parts = new Parts(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String name : names) {
            switch (name) {
                case IMAGE_BRANCH -> parts.heads.put(name, LabelledHead.of(stored));
                case MAHALANOBIS -> parts.heads.put(name, NormalsHead.of(stored));
                case PATCH_HEAD -> parts.scorers.put(name, PatchHead.of(stored, device));
                case PADIM -> parts.scorers.put(name, Padim.of(stored));
                case PATCHCORE -> parts.scorers.put(name, PatchCore.of(stored, device));
                default -> throw new IllegalArgumentException("there is no part " + name);
            }
        }
        return parts;
    }

    @Override
    public void close() {
        scorers.values().forEach(PatchScorer::close);
    }
}
