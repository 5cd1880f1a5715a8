package io.vedette.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lookoutvision.model.DetectAnomalyResult;
import software.amazon.awssdk.services.lookoutvision.model.LookoutVisionException;
import software.amazon.awssdk.services.lookoutvision.model.ValidationException;

/** Whatever comes as an image is judged or refused: never an error of ours, and the service lives on. */
@StackTest
@Tag("fault-32")
class HostileImagesTest {
    /** How many mutated bodies; the 10,000 with {@code -Dvedette.fuzz=10000}. */
    private static final int BODIES = Integer.getInteger("vedette.fuzz", 300);

    private static final int MOST_GROWTH = 150; // MB; a body that were kept each time would take more of 10,000

    @Test
    void mutatedImagesAreJudgedOrRefused(HostedProject project, Customer customer) {
        long inference = pid(customer);
        List<byte[]> seeds =
                List.of(BrushedMetal.jpeg(BrushedMetal.stained(1)), BrushedMetal.png(BrushedMetal.good(2)));
        Map<String, Integer> outcomes = new TreeMap<>();
        List<Long> resident = new ArrayList<>(); // MB, at each tenth
        for (int i = 0; i < BODIES; i++) {
            Random random = new Random(i);
            byte[] body = mutated(seeds.get(i % 2), random);
            outcomes.merge(outcome(project, body, i), 1, Integer::sum);
            if ((i + 1) % (BODIES / 10) == 0) {
                resident.add(residentMegabytes(inference));
            }
        }
        System.out.printf("FUZZ %d bodies: %s; inference service resident, MB: %s%n", BODIES, outcomes, resident);
        // The first tenth warms up: classes, compiled code, the allocators' arenas.
        assertThat(resident.get(resident.size() - 1)).isLessThan(resident.get(0) + MOST_GROWTH);
        assertThat(outcomes.keySet()).isSubsetOf("judged", "refused");
        assertThat(outcomes.get("refused")).isGreaterThan(BODIES / 10);
        assertThat(pid(customer)).isEqualTo(inference);
        assertThat(detect(project, seeds.get(0)).isAnomalous()).isTrue();
    }

    @Test
    void aDecompressionBombIsRefusedUnopened(HostedProject project) {
        // 30,000 pixels a side would be 2.7 GB; the file is some hundred bytes.
        assertThat(outcome(project, png(30_000, 30_000, new byte[100]), 0)).isEqualTo("refused");
        // The right size, but the pixels' stream goes on for ever.
        assertThat(outcome(project, png(128, 128, new byte[200 << 20]), 1)).isIn("judged", "refused");
    }

    private static String outcome(HostedProject project, byte[] body, int number) {
        try {
            detect(project, body);
            return "judged";
        } catch (ValidationException refusal) {
            return "refused";
        } catch (LookoutVisionException failure) {
            return failure.statusCode() + " for body " + number;
        }
    }

    private static DetectAnomalyResult detect(HostedProject project, byte[] body) {
        return DetectTest.detect(project, HostedProject.HOSTED, "image/jpeg", body);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] body = seed.clone();
        int changes = 1 + random.nextInt(20);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(600, body.length) : body.length);
            body[at] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }

    /** @param pixels what is packed, whatever the head promises */
    static byte[] png(int width, int height, byte[] pixels) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        byte[] head = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        chunk(file, "IHDR", head);
        chunk(file, "IDAT", deflated(pixels));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes();
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static long residentMegabytes(long pid) {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static long pid(Customer customer) {
        return customer.stack().parts().stream()
                .filter(part -> part.name().equals("inference"))
                .findFirst()
                .orElseThrow()
                .pid()
                .orElseThrow();
    }
}
