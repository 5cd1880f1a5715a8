package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.standalone.broker.KafkaBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dead letters of a broker elsewhere, which asks who is there. */
class SecuredBrokerTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final byte[] VALUE = "not JSON".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path directory;

    private static Process broker;
    private static int secured;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void aBrokerWithADeadLetter() throws Exception {
        int plain = freePort();
        secured = freePort();
        Path settings = Files.writeString(directory.resolve("broker.properties"), settings(plain, freePort()));
        broker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaBroker.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("broker.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> listens(secured));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + plain), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> letter = new ProducerRecord<>("p.vedette.dead-letters", "key", VALUE);
            letter.headers().add("vedette-reason", "no event".getBytes(StandardCharsets.UTF_8));
            letter.headers().add("vedette-topic", "p.vedette.lifecycle".getBytes(StandardCharsets.UTF_8));
            producer.send(letter).get();
            producer.send(new ProducerRecord<>("p.vedette.lifecycle", "key", VALUE))
                    .get();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        broker.destroyForcibly().waitFor();
    }

    @Test
    void kafkasOwnSettingsLetTheCommandIn() throws IOException {
        // When
        int code = run("right", "list");
        // Then
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("0-0", "p.vedette.lifecycle", "no event");
        assertThat(run("right", "replay", "0-0")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Replayed to p.vedette.lifecycle, partition 0, offset 1.");
    }

    @Test
    void aWrongPasswordGetsOneSentence() throws IOException {
        assertThat(run("wrong", "list")).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("vedette: Kafka at 127.0.0.1:" + secured + " can't be read: "))
                .allMatch(line -> line.contains("Authentication failed"));
    }

    @Test
    void aFileThatIsNoneIsNamed() {
        assertThat(command("list", "--kafka-config", "none.properties")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--kafka-config: none.properties can't be read");
    }

    private int run(String password, String... command) throws IOException {
        Properties settings = new Properties();
        settings.put("security.protocol", "SASL_PLAINTEXT");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", LOGIN + " username=\"tester\" password=\"" + password + "\";");
        Path file = directory.resolve(password + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--kafka", "127.0.0.1:" + secured, "--prefix", "p.", "--kafka-config", file.toString()));
        return command(line.toArray(String[]::new));
    }

    private int command(String... arguments) {
        return VedetteCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("dead-letters"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static String settings(int plain, int controller) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,SECURED://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,SECURED://127.0.0.1:%3$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SECURED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                controller.listener.names=CONTROLLER
                sasl.enabled.mechanisms=PLAIN
                listener.name.secured.plain.sasl.jaas.config=%4$s user_tester="right";
                log.dirs=%5$s
                offsets.topic.replication.factor=1
                log.cleaner.dedupe.buffer.size=4194304
                """.formatted(plain, controller, secured, LOGIN, directory.resolve("data"));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
