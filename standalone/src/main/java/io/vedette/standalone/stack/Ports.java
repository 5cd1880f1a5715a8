package io.vedette.standalone.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The ports that people know; all others are free ones, chosen at each start. */
public record Ports(int api, int s3, int kafka, int postgres) {
    private static final int LOWEST_FREE = 20_000;
    private static final int HIGHEST_FREE = 32_000; // below the range that the kernel gives to outgoing connections

    /** @throws StackFailure if a variable is not a port */
    public static Ports fromEnvironment(Map<String, String> environment) {
        return new Ports(
                port(environment, "VEDETTE_API_PORT", 8080),
                port(environment, "VEDETTE_S3_PORT", 9000),
                port(environment, "VEDETTE_KAFKA_PORT", 9092),
                port(environment, "VEDETTE_POSTGRES_PORT", 5433));
    }

    /** Four ports that nobody listens on at this moment. */
    public static Ports free() {
        return new Ports(freePort(), freePort(), freePort(), freePort());
    }

    /**
     * @param parts that will listen: what listens at the others' ports is theirs
     * @throws StackFailure naming the first port that is in use, and the variable that moves it
     */
    void checkFree(List<String> parts) {
        checkFree(parts, "API", api);
        checkFree(parts, "S3", s3);
        checkFree(parts, "Kafka", kafka);
        checkFree(parts, "Postgres", postgres);
    }

    static int freePort() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StackFailure("No free port was found between " + LOWEST_FREE + " and " + HIGHEST_FREE + ".");
    }

    private static void checkFree(List<String> parts, String what, int port) {
        if (parts.contains(what.toLowerCase(Locale.ROOT)) && !isFree(port)) {
            throw new StackFailure("Port " + port + " (" + what + ") is in use; set VEDETTE_"
                    + what.toUpperCase(Locale.ROOT) + "_PORT to a free one, or stop what uses it.");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int port(Map<String, String> environment, String variable, int usual) {
        String text = environment.getOrDefault(variable, Integer.toString(usual));
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below, as for a number that is no port
        }
        throw new StackFailure(variable + " must be a port from 1 to 65535, not \"" + text + "\".");
    }
}
