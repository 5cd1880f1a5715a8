package io.vedette.runtime;

import io.vedette.common.event.Event;
import io.vedette.common.event.RunEvent;
import io.vedette.common.event.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** A real broker within the test's JVM, started once; tests keep apart by their topic prefixes. */
final class TestBroker {
    private static final String ADDRESS = start();

    private TestBroker() {}

    static KafkaSettings settings(String prefix) {
        return new KafkaSettings() {
            @Override
            public String bootstrapServers() {
                return ADDRESS;
            }

            @Override
            public Optional<String> topicPrefix() {
                return Optional.of(prefix);
            }

            @Override
            public int sessionTimeoutMillis() {
                return 15_000;
            }

            @Override
            public short replicationFactor() {
                return -1;
            }
        };
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
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
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
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
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
