package io.vedette.anomaly;

import io.vedette.anomaly.backbone.Backbone;

/** What the engine computes on. */
public final class ComputeDevice {
    private ComputeDevice() {}

    /**
     * To be asked before any work is taken. Starts the engine only where a GPU is asked for.
     *
     * @param name {@code cpu}, {@code gpu} or {@code auto}
     * @param threads of PyTorch
     * @throws IllegalArgumentException with a sentence, if it is another name or there is no GPU
     */
    public static void require(String name, int threads) {
        if (!name.equals("cpu") && !name.equals("auto")) Backbone.requireDevice(name, threads);
    }
}
