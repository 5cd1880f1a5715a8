package io.vedette.standalone;

import io.vedette.common.PlainText;
import io.vedette.common.event.Topic;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.StackFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./vedette dead-letters}: records that were set aside because nobody could work on them. */
@Command(
        name = "dead-letters",
        description = "List, show and replay the records that were set aside because nobody could read them.",
        synopsisSubcommandLabel = "COMMAND")
final class DeadLettersCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SERVERS = "bootstrap.servers";

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "a broker elsewhere (default: the running stack's)")
    private String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "settings of Kafka's own clients, for brokers that ask for TLS or a password"
                    + " (security.protocol, sasl.jaas.config, ssl.truststore.location, ...)")
    private Path config;

    @Option(
            names = "--prefix",
            defaultValue = "",
            scope = ScopeType.INHERIT,
            description = "what the topics' names begin with there (vedette.kafka.topic-prefix)")
    private String prefix;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the dead letters: a command is missing.");
    }

    @Command(name = "list", description = "List them, oldest first.")
    int list() {
        List<DeadLetter> letters = all();
        PrintWriter out = out();
        if (letters.isEmpty()) {
            out.println("There are no dead letters.");
        } else {
            out.printf("%-8s %-25s %-28s %-28s %s%n", "ID", "SET ASIDE", "FROM", "TYPE", "REASON");
        }
        for (DeadLetter letter : letters) {
            out.printf(
                    "%-8s %-25s %-28s %-28s %s%n",
                    letter.id(),
                    letter.at(),
                    PlainText.of(letter.topic().orElse("-")),
                    PlainText.of(letter.type().orElse("-")),
                    PlainText.of(letter.reason()));
        }
        out.flush();
        return 0;
    }

    @Command(name = "show", description = "Show one whole: its headers and what it says.")
    int show(@Parameters(paramLabel = "ID", description = "as list shows it") String id) {
        DeadLetter letter = find(id);
        PrintWriter out = out();
        out.println("key: " + PlainText.of(letter.record().key()));
        for (Header header : letter.record().headers()) {
            out.println(
                    PlainText.of(header.key() + ": " + DeadLetter.text(header).orElse("")));
        }
        byte[] value = letter.record().value();
        out.println();
        out.println(value == null ? "(no value)" : PlainText.of(new String(value, StandardCharsets.UTF_8)));
        out.flush();
        return 0;
    }

    @Command(
            name = "replay",
            description = "Put one back where it came from, as it was. It stays among the dead letters as well.")
    int replay(@Parameters(paramLabel = "ID", description = "as list shows it") String id) {
        DeadLetter letter = find(id);
        if (letter.topic().isEmpty()) {
            throw new StackFailure("Dead letter " + id + " does not say which topic it came from.");
        }
        if (letter.record().value() == null && letter.reason().contains("left out")) {
            throw new StackFailure("Dead letter " + id + " was too large to be kept whole: it can't be replayed.");
        }
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties(), new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata there = producer.send(letter.asItWas()).get();
            out().printf(
                            "Replayed to %s, partition %d, offset %d.%n",
                            there.topic(), there.partition(), there.offset());
            out().flush();
            return 0;
        } catch (ExecutionException refused) {
            throw new StackFailure(
                    "Kafka did not take the record: " + refused.getCause().getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private DeadLetter find(String id) {
        return all().stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new StackFailure(
                        "There is no dead letter " + id + "; ./vedette dead-letters list shows those that there are."));
    }

    /** All that the topic has when this is called. */
    private List<DeadLetter> all() {
        List<DeadLetter> letters = new ArrayList<>();
        Properties properties = properties();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(prefix + Topic.DEAD_LETTERS.suffix(), PATIENCE).stream()
                            .map(it -> new TopicPartition(it.topic(), it.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> letters.add(new DeadLetter(record)));
            }
        } catch (KafkaException refused) {
            Throwable why = refused.getCause() == null ? refused : refused.getCause();
            throw new StackFailure("Kafka at " + properties.get(SERVERS) + " can't be read: " + why.getMessage());
        }
        letters.sort(Comparator.comparing(DeadLetter::at));
        return letters;
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (config != null) {
            try (Reader file = Files.newBufferedReader(config)) {
                properties.load(file);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new ParameterException(
                        spec.commandLine(), "--kafka-config: " + config + " can't be read as a file of properties.");
            }
        }
        if (kafka != null || !properties.containsKey(SERVERS)) {
            properties.put(SERVERS, kafka == null ? ofTheStack() : kafka);
        }
        properties.putAll(Map.of(
                "enable.auto.commit",
                "false",
                "allow.auto.create.topics",
                "false",
                "default.api.timeout.ms",
                Integer.toString((int) PATIENCE.toMillis()),
                "acks",
                "all"));
        return properties;
    }

    private static String ofTheStack() {
        Home home = Home.fromEnvironment(System.getenv());
        return RunningStack.of(home)
                .address("kafka")
                .orElseThrow(() ->
                        new StackFailure("No stack runs in " + home.directory() + "; start one with ./vedette up."));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
