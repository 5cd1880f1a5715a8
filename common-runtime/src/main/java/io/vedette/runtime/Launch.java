package io.vedette.runtime;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.vedette.common.CannotStart;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The start of every service: where it cannot start it says why in one line, and exits with code 1. */
public final class Launch {
    private static final Logger LOG = Logger.getLogger(Launch.class);

    private Launch() {}

    /** Returns when the service has stopped. */
    public static void run(String... arguments) {
        Quarkus.run(null, Launch::exit, arguments);
    }

    private static void exit(int code, Throwable failure) {
        if (failure != null) {
            say(failure);
        }
        System.exit(failure != null && code == 0 ? 1 : code);
    }

    private static void say(Throwable failure) {
        Optional<String> sentence = sentence(failure);
        boolean logs = InitialConfigurator.DELAYED_HANDLER.isActivated() && !isOfConfiguration(failure);
        if (!logs) {
            // the log is set up by the configuration
            System.err.println("cannot start: " + sentence.orElseGet(failure::toString));
        } else if (sentence.isPresent()) {
            LOG.fatal("cannot start: " + sentence.get());
        } else {
            LOG.fatal("cannot start", failure);
        }
    }

    /** What a person can mend, in one line; empty for a fault of the program. */
    static Optional<String> sentence(Throwable failure) {
        return causes(failure).flatMap(cause -> known(cause).stream()).findFirst();
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof QuarkusBindException taken) {
            return Optional.of("port " + taken.getPort() + " of " + taken.getHost()
                    + " is in use: set another one, or stop what uses it.");
        }
        return cause instanceof CannotStart || isConfiguration(cause)
                ? Optional.of(oneLine(String.valueOf(cause.getMessage())))
                : Optional.empty();
    }

    private static boolean isOfConfiguration(Throwable failure) {
        return causes(failure).anyMatch(Launch::isConfiguration);
    }

    private static boolean isConfiguration(Throwable cause) {
        return cause instanceof ConfigValidationException || cause instanceof ConfigurationException;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    /** Without the names of exceptions and the numbers of messages that SmallRye puts first. */
    private static String oneLine(String message) {
        return message.replaceAll("(?:java\\.[\\w.]+: )?SRCFG\\d+: ", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
