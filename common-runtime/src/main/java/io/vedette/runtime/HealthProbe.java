package io.vedette.runtime;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Whether the service in this container is ready: exit code 0, or 1. For the health checks of the images, which have no
 * other program that speaks HTTP.
 */
public final class HealthProbe {
    private static final int PATIENCE_MILLIS = 4000;

    private HealthProbe() {}

    public static void main(String[] arguments) {
        System.exit(isReady(System.getenv("VEDETTE_MANAGEMENT_PORT")) ? 0 : 1);
    }

    static boolean isReady(String port) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException silence) {
            return false;
        }
    }
}
