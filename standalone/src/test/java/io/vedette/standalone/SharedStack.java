package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.stack.Folders;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Starts the stack for the first {@link StackTest}, with {@link Containers} or without, and stops it at the end of the JVM. */
final class SharedStack implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedStack.class);

    /** The stack of this JVM; JUnit closes it after the last test. */
    private record Started(Stack stack, Containers containers, Clients clients, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            clients.close();
            stack.close();
            containers.close();
            Folders.delete(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return Stream.of(
                        Customer.class,
                        TrainedModels.class,
                        HostedProject.class,
                        HostedProject.WithDefects.class,
                        LookoutVisionClient.class,
                        S3Client.class,
                        StackLayout.class)
                .anyMatch(type::equals);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = context.getRoot().getStore(NAMESPACE).computeIfAbsent("stack", key -> start(), Started.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == Customer.class) {
            return customer(started, name(context));
        }
        if (type == StackLayout.class) {
            return started.stack().layout();
        }
        if (type == TrainedModels.class) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(
                            "trained",
                            key -> TrainedModels.train(
                                    customer(started, "trained-single"), customer(started, "trained-separate")),
                            TrainedModels.class);
        }
        if (type == HostedProject.class) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent("hosted", key -> HostedProject.make(started.clients()), HostedProject.class);
        }
        if (type == HostedProject.WithDefects.class) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(
                            "hosted-defects",
                            key -> HostedProject.WithDefects.make(started.clients()),
                            HostedProject.WithDefects.class);
        }
        return type == S3Client.class
                ? started.clients().s3()
                : started.clients().vision();
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "-" + method.getName()).orElse("");
    }

    private static Customer customer(Started started, String name) {
        String bucket = bucket(name);
        started.clients().s3().createBucket(request -> request.bucket(bucket));
        Home home = started.stack().layout().home();
        return new Customer(started.clients().vision(), started.clients().s3(), name, bucket, RunningStack.of(home));
    }

    // At most 63 characters, lower case; the hash keeps long names apart that start alike.
    private static String bucket(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        String hash = Integer.toHexString(name.hashCode());
        return words.substring(0, Math.min(words.length(), 50)) + "-" + hash;
    }

    private static Started start() {
        try {
            Path folder = Files.createTempDirectory("vedette-test-");
            Path software = Path.of("").toAbsolutePath().getParent();
            Map<String, String> overrides = new HashMap<>();
            // unpacked once for all runs of the tests, not once for each
            overrides.put(
                    "DJL_CACHE_DIR", software.resolve("standalone/target/djl").toString());
            overrides.put("VEDETTE_LOG_JSON", "true"); // as in the images
            overrides.put("VEDETTE_BACKBONE", "mobilenet-v2"); // trains in a fraction of the time
            overrides.put("VEDETTE_IMAGE_SIDE", "192");
            overrides.put("VEDETTE_VARIATIONS", "3"); // the tests' data sets are tiny
            overrides.put("VEDETTE_INFERENCE_MOST_MODELS", "1"); // so that models come and go
            overrides.put("VEDETTE_BATCH_PART_IMAGES", "20"); // so that small batches have several parts
            overrides.put("VEDETTE_BATCH_CLEAR_EVERY", "2s");
            StackLayout layout = StackLayout.of(new Home(folder.resolve("home")), Ports.free(), software, overrides);
            Containers containers = Containers.of(layout);
            Stack stack = Stack.open(layout, containers.parts(), System.out::println);
            stack.bringUp();
            containers.enter(layout);
            return new Started(stack, containers, Clients.of(layout.ports(), layout.credentials()), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
