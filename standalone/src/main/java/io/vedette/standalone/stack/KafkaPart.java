package io.vedette.standalone.stack;

import io.vedette.standalone.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The embedded broker: one node, broker and controller, for 150 partitions and a handful of clients.
 *
 * @param port where it listens
 * @param advertisedPort where its clients are sent to
 */
record KafkaPart(Home home, int port, int advertisedPort, int controllerPort) implements Part {
    static final String NAME = "kafka";
    private static final List<String> FLAGS = List.of(
            "-Xms96m",
            "-Xmx224m",
            "-XX:MaxDirectMemorySize=48m",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-Dvedette.log=WARN");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public ProcessBuilder command() throws IOException {
        Path data = Files.createDirectories(home.data(NAME).resolve("data"));
        Path file = home.data(NAME).resolve("broker.properties");
        Files.writeString(file, properties(data));
        return JavaCommand.mainClass(FLAGS, KafkaBroker.class, file.toString());
    }

    @Override
    public boolean healthy() {
        return Probe.listens(port);
    }

    // One message, one flush: the relay marks a row as published when the broker has acknowledged it, and there is no
    // replica.
    private String properties(Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%4$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                log.flush.interval.messages=1
                log.index.size.max.bytes=1048576
                log.cleaner.dedupe.buffer.size=4194304
                log.cleaner.threads=1
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=2
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=4
                num.recovery.threads.per.data.dir=2
                controlled.shutdown.enable=true
                """.formatted(port, controllerPort, data.toString().replace("\\", "\\\\"), advertisedPort);
    }
}
