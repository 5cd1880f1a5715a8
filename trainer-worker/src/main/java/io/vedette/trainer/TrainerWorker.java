package io.vedette.trainer;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.vedette.runtime.Launch;

/** Starts the trainer. */
@QuarkusMain
public final class TrainerWorker {
    private TrainerWorker() {}

    public static void main(String[] arguments) {
        Launch.run(arguments);
    }
}
