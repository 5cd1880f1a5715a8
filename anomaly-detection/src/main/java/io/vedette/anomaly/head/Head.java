package io.vedette.anomaly.head;

import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.Map;

/** What was learned about whole pictures: from pooled features to a score that is higher for anomalies. */
public sealed interface Head permits LabelledHead, NormalsHead {

    /** @param pooled mean, maximum and deviation of C channels: 3C float32 */
    double score(float[] pooled);

    /** All that the head needs, float32. */
    void into(Map<String, Tensor> tensors);
}
