package io.vedette.api;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.vedette.runtime.Launch;

/** Starts the api. */
@QuarkusMain
public final class ApiService {
    private ApiService() {}

    public static void main(String[] arguments) {
        // Quarkus answers a target that is no URI with nothing but 400; the front door tells the caller in AWS's words.
        System.setProperty("vertx.disableURIValidation", "true");
        Launch.run(arguments);
    }
}
