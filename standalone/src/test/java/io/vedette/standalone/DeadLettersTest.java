package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.common.event.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import picocli.CommandLine;
import software.amazon.awssdk.services.lookoutvision.model.ModelDescription;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** Records that nobody can read stop nothing, and are to be found. */
@StackTest
@Tag("fault-29")
class DeadLettersTest {
    @Test
    void poisonIsSetAsideWithItsReasonAndTheWorkGoesOn(Customer customer, TestInfo test) {
        // Given
        String key = test.getDisplayName() + customer.bucket();
        Workshop workshop = Workshop.open(customer);
        workshop.dataset("train", workshop.photographs("train", 10, 0));
        workshop.dataset("test", workshop.photographs("test", 5, 5));
        // When
        try (KafkaProducer<String, byte[]> producer = producer(customer)) {
            for (Topic topic : new Topic[] {Topic.TRAINING_REQUESTED, Topic.MODEL_TRAINED, Topic.RUN_EVENTS}) {
                producer.send(event(topic, key, "io.vedette.TrainRequested", "not JSON"));
                producer.send(event(topic, key, "io.vedette.FromTheFuture", "{}"));
                producer.send(event(topic, key, "io.vedette.RunStarted", null));
                producer.send(event(topic, key, "io.vedette.\u001b[31mRed\nforged", "{}"));
                producer.send(
                        new ProducerRecord<>(topic.suffix(), null, key, "no headers".getBytes(StandardCharsets.UTF_8)));
            }
        }
        workshop.askForModel();
        // Then
        ModelDescription model = workshop.trained("1");
        assertThat(model.status()).as(model.statusMessage()).isEqualTo(ModelStatus.TRAINED);
        // vedette.model.trained has two readers, and each sets aside what it can't read
        String list = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> run(customer, "list"),
                        it -> it.lines().filter(line -> line.contains("-")).count() > 19);
        assertThat(list).contains("vedette.training.requested", "vedette.model.trained", "vedette.run.events");
        assertThat(list).contains("io.vedette.FromTheFuture", "not a CloudEvent");
        String id = list.lines()
                .filter(line -> line.contains("FromTheFuture") && line.contains("vedette.training.requested"))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
        assertThat(run(customer, "show", id)).contains("key: " + key, "ce_type: io.vedette.FromTheFuture");
        ConsumerRecord<String, byte[]> before = first(customer, key);
        String replayed = run(customer, "replay", id);
        assertThat(replayed).startsWith("Replayed to vedette.training.requested, partition " + before.partition());
        assertThat(record(customer, before.partition(), offset(replayed))).satisfies(again -> {
            assertThat(again.offset()).isGreaterThan(before.offset());
            assertThat(again.key()).isEqualTo(key);
            assertThat(again.value()).isEqualTo(before.value()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
            assertThat(again.headers()).containsExactlyInAnyOrderElementsOf(before.headers());
        });
        assertThat(list).doesNotContain("\u001b").contains("io.vedette.\\u001b[31mRed\\nforged");
    }

    private static long offset(String replayed) {
        return Long.parseLong(replayed.replaceAll("(?s).*offset (\\d+).*", "$1"));
    }

    /** The record of the type that nobody knows, as it lies on the topic of trainings. */
    private static ConsumerRecord<String, byte[]> first(Customer customer, String key) {
        return records(customer).stream()
                .filter(record -> key.equals(record.key()) && type(record).endsWith("FromTheFuture"))
                .findFirst()
                .orElseThrow();
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader("ce_type");
        return type == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<String, byte[]> record(Customer customer, int partition, long offset) {
        return records(customer).stream()
                .filter(record -> record.partition() == partition && record.offset() == offset)
                .findFirst()
                .orElseThrow();
    }

    private static List<ConsumerRecord<String, byte[]>> records(Customer customer) {
        List<TopicPartition> partitions = IntStream.range(0, Topic.TRAINING_REQUESTED.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.TRAINING_REQUESTED.suffix(), partition))
                .toList();
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka(customer)), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private static ProducerRecord<String, byte[]> event(Topic topic, String key, String type, String data) {
        byte[] value = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.suffix(), null, key, value);
        Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/test", "ce_type", type)
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static KafkaProducer<String, byte[]> producer(Customer customer) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka(customer)), new StringSerializer(), new ByteArraySerializer());
    }

    private static String run(Customer customer, String... command) {
        StringWriter out = new StringWriter();
        CommandLine line = VedetteCommand.commandLine().setOut(new PrintWriter(out));
        String[] arguments = new String[command.length + 3];
        arguments[0] = "dead-letters";
        System.arraycopy(command, 0, arguments, 1, command.length);
        arguments[command.length + 1] = "--kafka";
        arguments[command.length + 2] = kafka(customer);
        assertThat(line.execute(arguments)).isZero();
        return out.toString();
    }

    private static String kafka(Customer customer) {
        return customer.stack().address("kafka").orElseThrow();
    }
}
