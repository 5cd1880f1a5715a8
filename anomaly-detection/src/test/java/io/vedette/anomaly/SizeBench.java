package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * How long and in how much memory many photographs are learned, with {@code -Dvedette.size=COUNTxPIXELS}, for example
 * {@code 500x4096}. They are drawn to a folder under target/ first; a process of its own, with a heap of {@code
 * -Dvedette.size.heap}, learns them. A tenth are anomalies.
 */
class SizeBench {
    private static final String SIZE = System.getProperty("vedette.size");

    @Test
    void manyPhotographsAreLearned() throws IOException, InterruptedException {
        assumeTrue(SIZE != null, "measured only with -Dvedette.size=COUNTxPIXELS");
        String[] words = SIZE.split("x");
        int count = Integer.parseInt(words[0]);
        Path folder = Files.createDirectories(Path.of("target", "size-" + SIZE));
        draw(folder, count, Integer.parseInt(words[1]));
        Process learning = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + System.getProperty("vedette.size.heap", "768m"),
                        "-XX:MaxDirectMemorySize=512m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Learning.class.getName(),
                        folder.toString(),
                        System.getProperty("vedette.size.backbone", "inception-v3"),
                        System.getProperty("vedette.size.side", "384"))
                .redirectErrorStream(true)
                .start();
        learning.inputReader().lines().forEach(System.out::println);
        assertThat(learning.waitFor()).isZero();
    }

    /** Grained grey with discs, the anomalies (every tenth) with a scratch; what is there already is kept. */
    private static void draw(Path folder, int count, int pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < pixels; y++)
            for (int x = 0; x < pixels; x++) image.setRGB(x, y, 0x010101 * (120 + random.nextInt(16)));
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("%05d.jpg".formatted(i));
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(60, 90 + random.nextInt(30), 160));
            int side = pixels / 8;
            graphics.fillOval(random.nextInt(pixels - side), random.nextInt(pixels - side), side, side);
            graphics.setColor(new Color(0x010101 * (120 + random.nextInt(16))));
            graphics.fillOval(random.nextInt(pixels - side), random.nextInt(pixels - side), 2 * side, 2 * side);
            BufferedImage drawn = image;
            if (isAnomaly(i)) {
                drawn = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
                drawn.setData(image.getRaster());
                Graphics2D scratch = drawn.createGraphics();
                scratch.setColor(Color.RED);
                scratch.fillRect(random.nextInt(pixels / 2), random.nextInt(pixels / 2), pixels / 3, pixels / 12);
                scratch.dispose();
            }
            graphics.dispose();
            if (Files.notExists(file)) ImageIO.write(drawn, "jpeg", file.toFile());
        }
    }

    private static boolean isAnomaly(int index) {
        return index % 10 == 9;
    }

    /** The process that learns: folder, backbone, image side. */
    static final class Learning {
        private final Map<String, Long> phases = new LinkedHashMap<>();
        private long since = System.nanoTime();
        private String phase = "Starting";

        public static void main(String... arguments) throws IOException {
            new Learning().learn(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        }

        private void learn(Path folder, String backbone, int side) throws IOException {
            List<Path> files;
            try (var listed = Files.list(folder)) {
                files = listed.sorted().toList();
            }
            List<Example> examples = new ArrayList<>();
            for (Path file : files) {
                boolean anomalous = isAnomaly(examples.size());
                examples.add(new Example(RealPhotographs.photograph(file), anomalous));
            }
            LearnerSettings settings = new LearnerSettings(backbone, side, 0, 2, "cpu");
            long start = System.nanoTime();
            try (Learner learner = new Learner(settings);
                    TrainedModel model = learner.learn(examples, this::at)) {
                at("", 0, 0);
                System.out.printf(
                        "SIZE %d photographs, %s at %d: %s in %.0f s; %s; %s%n",
                        examples.size(), backbone, side, model.learnerName(), seconds(start), spent(), status());
            }
        }

        private void at(String now, long done, long total) {
            if (now.equals(phase)) return;
            phases.merge(phase, System.nanoTime() - since, Long::sum);
            since = System.nanoTime();
            phase = now;
            System.out.println("SIZE before '" + now + "': " + status());
        }

        private static double seconds(long start) {
            return (System.nanoTime() - start) / 1e9;
        }

        private String spent() {
            List<String> words = new ArrayList<>();
            phases.forEach((name, nanos) -> words.add("%s %.0f s".formatted(name, nanos / 1e9)));
            return String.join(", ", words);
        }

        /** Resident memory now and at its highest. */
        private static String status() {
            try {
                return String.join(
                        ", ",
                        Files.readAllLines(Path.of("/proc/self/status")).stream()
                                .filter(line -> line.startsWith("VmRSS:") || line.startsWith("VmHWM:"))
                                .map(line -> line.replaceAll("\\s+", " "))
                                .toList());
            } catch (IOException elsewhere) {
                return "this system does not say how much memory is resident";
            }
        }
    }
}
