package io.vedette.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import io.vedette.anomaly.TrainedModel.Asked;
import io.vedette.anomaly.TrainedModel.Prepared;
import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.Precision;
import io.vedette.anomaly.image.Pixels;
import io.vedette.anomaly.metric.ImageMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a training with masks takes and what a verdict costs beside the bare network, with {@code -Dvedette.speed=SET},
 * the folder of one set, and {@code -Dvedette.speed.device=gpu}. On a busy machine look at the processor's time.
 */
class SpeedBench {
    private static final String SET = System.getProperty("vedette.speed");
    private static final String DEVICE = System.getProperty("vedette.speed.device", "cpu");
    /** The first two do not count: nothing is warm before. */
    private static final int ROUNDS = 7;

    private static final int WARM = 2;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet-v2", "inception-v3"})
    void trainAndScore(String backbone) throws IOException {
        assumeTrue(SET != null, "measured only with -Dvedette.speed=SET");
        assumeTrue(backbone.contains(System.getProperty("vedette.figures.only", "")));
        LearnerSettings settings = new LearnerSettings(
                        backbone, 384, 0, Integer.getInteger("vedette.figures.threads", 2), DEVICE)
                .withPrecision(LearnerSettings.AUTO);
        List<Example> test = RealPhotographs.examples(Path.of(SET), "test", false);
        List<Example> train = RealPhotographs.examples(Path.of(SET), "train", true);
        Watch watch = new Watch();
        Phases phases = new Phases();
        try (GpuMemory memory = new GpuMemory();
                Learner learner = new Learner(settings);
                TrainedModel model = learner.learn(train, phases)) {
            phases.at("", 0, 0);
            System.out.printf(
                    "SPEED %s on %s: %s with %s, %s to learn, GPU %s; %s%n",
                    backbone, DEVICE, model.learnerName(), model.defects(), watch.lap(), memory.most(), phases);
            verdicts(backbone, model, test);
            if (model.isOnGpu()) {
                together(backbone, model, test);
                for (Precision precision : Precision.values()) network(settings, precision, model, test);
                cpu(settings, model, test);
            }
            System.out.printf("SPEED %s on %s: GPU %s%n", backbone, DEVICE, memory.most());
        }
    }

    /** One after the other: each photograph is decoded, seen and judged, with the clock read in between. */
    private static void verdicts(String backbone, TrainedModel model, List<Example> test) {
        double[] scores = new double[test.size()];
        boolean[] anomalous = new boolean[test.size()];
        List<Took> decoding = new ArrayList<>();
        List<Took> seeing = new ArrayList<>();
        List<Took> judging = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Took decoded = Took.NOTHING;
            Took seen = Took.NOTHING;
            Took judged = Took.NOTHING;
            for (int i = 0; i < scores.length; i++) {
                Watch watch = new Watch();
                Prepared prepared = model.prepare(test.get(i).photograph());
                decoded = decoded.and(watch.lap());
                Took[] network = new Took[1];
                Verdict verdict = model.inspect(prepared, model.threshold(), () -> network[0] = watch.lap());
                judged = judged.and(watch.lap());
                seen = seen.and(network[0]);
                scores[i] = verdict.score();
                anomalous[i] = test.get(i).anomalous();
            }
            if (round < WARM) continue;
            decoding.add(decoded.by(scores.length));
            seeing.add(seen.by(scores.length));
            judging.add(judged.by(scores.length));
            times.add(1 + judged.processor / (decoded.processor + seen.processor));
        }
        ImageMetrics metrics = ImageMetrics.of(scores, anomalous, model.threshold());
        System.out.printf(
                "SPEED %s on %s: AUROC %.3f F1 %.3f; a verdict: decoding %s, network %s, heads %s; times %s%n",
                backbone,
                DEVICE,
                metrics.rocAuc(),
                metrics.f1(),
                Took.middle(decoding),
                Took.middle(seeing),
                Took.middle(judging),
                times.stream().map("%.3f"::formatted).toList());
        assertThat(metrics.rocAuc()).isGreaterThan(0.9);
    }

    private static void together(String backbone, TrainedModel model, List<Example> test) {
        for (int size : new int[] {1, 8, 16}) {
            List<Asked> asked = new ArrayList<>();
            for (int i = 0; i < size; i++)
                asked.add(new Asked(model.prepare(test.get(i % test.size()).photograph()), model.threshold()));
            List<Took> took = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                Watch watch = new Watch();
                model.inspect(asked, () -> {});
                if (round > 4) took.add(watch.lap().by(size));
            }
            System.out.printf(
                    "SPEED %s on %s: %d decoded photographs at once, %s each%n",
                    backbone, DEVICE, size, Took.middle(took));
        }
    }

    private static void network(LearnerSettings settings, Precision precision, TrainedModel model, List<Example> test) {
        try (Backbone network = Backbone.open(settings.backbone(), settings.threads(), settings.device(), precision)) {
            System.out.printf(
                    "SPEED %s on %s: network in %s moves P by at most %.6f%n",
                    settings.backbone(),
                    DEVICE,
                    precision,
                    new Parity(test, RealPhotographs.SILENT).furthest(model, model.through(network)));
            for (int size : new int[] {1, 8, 32}) {
                List<Pixels> pictures = Collections.nCopies(
                        size, model.prepare(test.get(0).photograph()).pixels());
                List<Took> took = new ArrayList<>();
                for (int round = 0; round < 20; round++) {
                    Watch watch = new Watch();
                    network.together(pictures, (map, at) -> {});
                    if (round > 4) took.add(watch.lap().by(size));
                }
                System.out.printf(
                        "SPEED %s on %s: network alone, %s, %d at once, %s each%n",
                        settings.backbone(), DEVICE, precision, size, Took.middle(took));
            }
        }
    }

    private static void cpu(LearnerSettings settings, TrainedModel model, List<Example> test) throws IOException {
        Path stored = Files.createTempDirectory("speed");
        model.write(stored);
        try (TrainedModel onCpu = TrainedModel.read(stored, settings.threads(), "cpu")) {
            System.out.printf(
                    "SPEED %s on %s: a CPU moves P by at most %.6f; %s%n",
                    settings.backbone(),
                    DEVICE,
                    new Parity(test, RealPhotographs.SILENT).furthest(model, onCpu),
                    Files.readString(stored.resolve("model.json"))
                            .lines()
                            .filter(line -> line.contains(": \"float"))
                            .toList());
        }
    }

    /** In milliseconds. */
    private record Took(double wall, double processor) {
        static final Took NOTHING = new Took(0, 0);

        Took and(Took other) {
            return new Took(wall + other.wall, processor + other.processor);
        }

        Took by(int count) {
            return new Took(wall / count, processor / count);
        }

        /** The medians. */
        static Took middle(List<Took> all) {
            return new Took(
                    middle(all.stream().mapToDouble(Took::wall).toArray()),
                    middle(all.stream().mapToDouble(Took::processor).toArray()));
        }

        private static double middle(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }

        @Override
        public String toString() {
            return "%.2f ms (processor %.2f)".formatted(wall, processor);
        }
    }

    /** Which part of the learning took how long. */
    private static final class Phases implements Progress {
        private final Map<String, Took> took = new LinkedHashMap<>();
        private final Watch watch = new Watch();
        private String phase = "Starting";

        @Override
        public void at(String now, long done, long total) {
            if (now.equals(phase)) return;
            took.merge(phase, watch.lap(), Took::and);
            phase = now;
        }

        @Override
        public String toString() {
            return took.toString();
        }
    }

    private static final class Watch {
        private long wall = System.nanoTime();
        private long processor = SYSTEM.getProcessCpuTime();

        Took lap() {
            long now = System.nanoTime();
            long used = SYSTEM.getProcessCpuTime();
            Took took = new Took((now - wall) / 1e6, (used - processor) / 1e6);
            wall = now;
            processor = used;
            return took;
        }
    }

    /** The most memory of the GPU that is in use, of all processes and the engine's own, asked every few milliseconds. */
    private static final class GpuMemory implements AutoCloseable {
        private final Thread thread = new Thread(this::watch, "gpu-memory");
        private volatile long most;

        GpuMemory() {
            if (DEVICE.equals("gpu")) thread.start();
        }

        private void watch() {
            while (!Thread.interrupted()) {
                most = Math.max(most, CudaUtils.getGpuMemory(Device.gpu()).getCommitted());
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        }

        String most() {
            return most / (1 << 20) + " MB at most";
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
