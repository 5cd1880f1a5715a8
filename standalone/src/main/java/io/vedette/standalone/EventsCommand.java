package io.vedette.standalone;

import io.vedette.common.event.Topic;
import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.RunningStack;
import io.vedette.standalone.stack.StackFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./vedette events}: what happens to projects, data sets, models and batches, as it happens. */
@Command(
        name = "events",
        description = "Print the life of projects, data sets, models and batches as it happens, until Ctrl-C.")
final class EventsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "one JSON object a line, for programs")
    private boolean json;

    @Option(names = "--from-beginning", description = "first all that Kafka still has (30 days)")
    private boolean fromBeginning;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment(System.getenv());
        String kafka = RunningStack.of(home)
                .address("kafka")
                .orElseThrow(() ->
                        new StackFailure("No stack runs in " + home.directory() + "; start one with ./vedette up."));
        PrintWriter out = spec.commandLine().getOut();
        try (KafkaConsumer<String, String> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.LIFECYCLE.suffix()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions); // no group: everyone who looks sees everything
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            while (!out.checkError()) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
                    out.println(json ? LifecycleLine.json(record) : LifecycleLine.readable(record));
                }
            }
        }
        return 0;
    }

    private static KafkaConsumer<String, String> consumer(String kafka) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", "false", "allow.auto.create.topics", "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
