package io.vedette.anomaly.backbone;

import ai.djl.engine.Engine;

/** Starts the engine as this service wants it: no downloads, no usage statistics, no more threads than allowed. */
final class PyTorch {
    private PyTorch() {}

    static synchronized Engine start(int threads) {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        return Engine.getEngine("PyTorch");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) System.setProperty(property, value);
    }
}
