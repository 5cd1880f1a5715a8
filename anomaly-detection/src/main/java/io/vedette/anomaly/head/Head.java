package io.vedette.anomaly.head;

import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Map;

/** What was learned: from an image's pooled features to a score that is higher for anomalies. */
public sealed interface Head permits LabelledHead, NormalsHead {

    /** @param pooled mean, maximum and deviation of C channels: 3C float32 */
    double score(float[] pooled);

    /** All that the head needs, float32. */
    Map<String, Tensor> tensors();

    /** The head that {@link #tensors()} came from, with the same scores to the last bit. */
    static Head of(Kind kind, SafeTensors stored) {
        return switch (kind) {
            case LABELLED -> LabelledHead.of(stored);
            case NORMALS_ONLY -> NormalsHead.of(stored);
        };
    }

    /** How the model was learned. */
    enum Kind {
        LABELLED,
        NORMALS_ONLY
    }
}
