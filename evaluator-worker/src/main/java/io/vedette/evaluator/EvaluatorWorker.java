package io.vedette.evaluator;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.vedette.runtime.Launch;

/** Starts the evaluator. */
@QuarkusMain
public final class EvaluatorWorker {
    private EvaluatorWorker() {}

    public static void main(String[] arguments) {
        Launch.run(arguments);
    }
}
