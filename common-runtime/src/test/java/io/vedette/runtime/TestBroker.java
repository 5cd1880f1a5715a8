package io.vedette.runtime;

import io.vedette.common.event.Event;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** A real broker within the test's JVM, started once; tests keep apart by their topic prefixes. */
final class TestBroker {
    static final String USER = "tester";
    static final String SCRAM_PASSWORD = "scrambled";
    static final String PLAIN_PASSWORD = "a \"quoted\" \\ password";
    private static final TestCertificate CERTIFICATE = TestCertificate.make();
    private static final int SECURE_PORT = freePort();
    private static final String ADDRESS = start();

    private TestBroker() {}

    static KafkaSettings settings(String prefix) {
        return settings(Map.of("bootstrap-servers", ADDRESS, "topic-prefix", prefix));
    }

    /** By the names below {@code vedette.kafka}. */
    static KafkaSettings settings(Map<String, String> values) {
        return TestSettings.of(KafkaSettings.class, "vedette.kafka.", values);
    }

    /** The listener that speaks TLS, and asks with SASL who is there. */
    static String secureAddress() {
        return "127.0.0.1:" + SECURE_PORT;
    }

    static TestCertificate certificate() {
        return CERTIFICATE;
    }

    /** Everything in the topic, from its beginning to its present end. */
    static List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", ADDRESS),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long wanted = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (all.size() < wanted) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    static List<Event> runEvents(String prefix) {
        EventCodec codec = new EventCodec("test");
        return records(prefix + Topic.RUN_EVENTS.suffix()).stream()
                .map(codec::decode)
                .toList();
    }

    static <E extends RunEvent> List<E> runEvents(String prefix, Class<E> type) {
        return runEvents(prefix).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static String start() {
        try {
            Path folder = Files.createTempDirectory("vedette-broker-");
            int port = freePort();
            int controllerPort = freePort();
            Properties properties = properties(folder, port, controllerPort);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setScramArguments(List.of("SCRAM-SHA-512=[name=" + USER + ",password=" + SCRAM_PASSWORD + "]"))
                    .run();
            new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM).startup();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return "127.0.0.1:" + port;
        } catch (Exception failure) {
            throw new IllegalStateException("the test broker does not start", failure);
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",SECURE://" + secureAddress() + ",CONTROLLER://127.0.0.1:"
                        + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",SECURE://" + secureAddress(),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                folder.toString(),
                "offsets.topic.replication.factor",
                "1",
                "offsets.topic.num.partitions",
                "1"));
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.index.size.max.bytes", "1048576");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
        String secure = "listener.name.secure.";
        properties.put(secure + "scram-sha-512.sasl.jaas.config", ScramLoginModule.class.getName() + " required;");
        String escaped = PLAIN_PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
        properties.put(
                secure + "plain.sasl.jaas.config",
                PlainLoginModule.class.getName() + " required user_" + USER + "=\"" + escaped + "\";");
        properties.put(secure + "ssl.keystore.type", "PKCS12");
        properties.put(secure + "ssl.keystore.location", CERTIFICATE.store().toString());
        properties.put(secure + "ssl.keystore.password", TestCertificate.PASSWORD);
        properties.put(secure + "ssl.key.password", TestCertificate.PASSWORD);
        return properties;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.err.println("left behind: " + folder);
        }
    }
}
