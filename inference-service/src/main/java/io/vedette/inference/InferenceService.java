package io.vedette.inference;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.vedette.runtime.Launch;

/** Starts the inference service. */
@QuarkusMain
public final class InferenceService {
    private InferenceService() {}

    public static void main(String[] arguments) {
        Launch.run(arguments);
    }
}
