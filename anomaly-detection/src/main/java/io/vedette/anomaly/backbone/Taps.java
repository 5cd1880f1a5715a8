package io.vedette.anomaly.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** What a network gives at the layers that features are taken from. */
interface Taps extends AutoCloseable {

    /**
     * Before any pooling, the finest grid first.
     *
     * @param image (1, 3, height, width) float32, RGB in [0, 1]
     * @return per tap (1, channels, h, w) float32; owned by the image's manager
     */
    NDList of(NDArray image);

    @Override
    void close();
}
