package io.vedette.anomaly.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vedette.anomaly.backbone.SafeTensors;
import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTrainingTest {
    private static final Runnable NOTHING = () -> {};

    @TempDir
    private Path scratch;

    private NDManager device;

    @BeforeEach
    void open() {
        device = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void headFindsPlantedCellsAndTellsTheirKindsApart() {
        // Given: anomalies have 6 of 64 cells moved along one axis or another, half of them have masks
        int d = 6;
        Random random = new Random(4);
        try (PatchFile file = new PatchFile(scratch, 64, d)) {
            List<PatchTraining.Sample> samples = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                float[] cells = noise(64 * d, random);
                if (i < 12) {
                    samples.add(new PatchTraining.Sample(append(file, cells, d), false, null));
                    continue;
                }
                CellMask mask = plant(cells, d, i % 2, random);
                samples.add(new PatchTraining.Sample(append(file, cells, d), true, i % 4 < 2 ? mask : null));
            }
            // When
            PatchTraining.Task task = new PatchTraining.Task(file, samples, 2, 120, 8, 8);
            try (PatchHead head = PatchTraining.train(task, 1, device, NOTHING)) {
                // Then
                for (int kind = 0; kind < 2; kind++) {
                    float[] cells = noise(64 * d, random);
                    int[] kinds = plant(cells, d, kind, random).kindsOfDefects();
                    float[][] outputs = head.outputs(device.create(cells, new Shape(64, d)));
                    for (int p = 0; p < 64; p++) {
                        assertThat(outputs[0][p] > 0).as("cell " + p).isEqualTo(kinds[p] >= 0);
                        if (kinds[p] >= 0) assertThat(outputs[1 + kind][p]).isGreaterThan(outputs[2 - kind][p]);
                    }
                }
            }
        }
    }

    private static CellMask plant(float[] cells, int d, int kind, Random random) {
        float[] cover = new float[64];
        int from = random.nextInt(58);
        for (int p = from; p < from + 6; p++) {
            cells[p * d + kind] += 8;
            cover[p] = 1;
        }
        return new CellMask(8, new int[] {kind}, new float[][] {cover});
    }

    @Test
    void sameSeedTrainsTheSameHeadAndKeepsNothingNative() {
        // Given
        Random random = new Random(4);
        try (PatchFile file = new PatchFile(scratch, 64, 3)) {
            List<PatchTraining.Sample> samples = new ArrayList<>();
            for (int i = 0; i < 10; i++)
                samples.add(new PatchTraining.Sample(append(file, noise(192, random), 3), i % 2 == 0, null));
            PatchTraining.Task task = new PatchTraining.Task(file, samples, 0, 20, 8, 8);
            List<Map<String, Tensor>> trained = new ArrayList<>();
            int before = device.getManagedArrays().size();
            // When
            for (int i = 0; i < 2; i++) {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                try (PatchHead head = PatchTraining.train(task, 7, device, NOTHING)) {
                    head.into(tensors);
                }
                trained.add(tensors);
            }
            // Then
            assertThat(new SafeTensors(trained.get(0), Map.of()).encode())
                    .isEqualTo(new SafeTensors(trained.get(1), Map.of()).encode());
            assertThat(device.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void meanHeadSaysTheMeanOfWhatItsHeadsSay() {
        // Given
        Random random = new Random(4);
        try (PatchFile file = new PatchFile(scratch, 64, 3)) {
            List<PatchTraining.Sample> samples = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                float[] cells = noise(192, random);
                CellMask mask = i % 2 == 0 ? null : plant(cells, 3, i % 4 / 2, random);
                samples.add(new PatchTraining.Sample(append(file, cells, 3), mask != null, mask));
            }
            PatchTraining.Task task = new PatchTraining.Task(file, samples, 2, 20, 8, 8);
            NDArray cells = device.create(noise(192, random), new Shape(64, 3));
            // When
            try (PatchHead one = PatchTraining.train(task, 1, device, NOTHING);
                    PatchHead two = PatchTraining.train(task, 2, device, NOTHING);
                    PatchHead mean = PatchHead.mean(List.of(one, two))) {
                // Then
                float[][] first = one.outputs(cells);
                float[][] second = two.outputs(cells);
                float[][] both = mean.outputs(cells);
                for (int o = 0; o < 3; o++)
                    for (int p = 0; p < 64; p++)
                        assertThat(both[o][p]).isCloseTo((first[o][p] + second[o][p]) / 2, within(1e-5f));
                PatchScorer.Scored read = mean.read(cells);
                assertThat(read.map()).containsExactly(both[0]);
                double tops = PatchScorer.top(first[0], mean.share()) + PatchScorer.top(second[0], mean.share());
                assertThat(read.picture()).isCloseTo(tops / 2, within(1e-5));
            }
        }
    }

    @Test
    void learningRateRisesThenFallsToNothing() {
        assertThat(PatchTraining.rate(0, 120)).isCloseTo(4e-3 / 25, within(1e-9));
        assertThat(PatchTraining.rate(35, 120)).isCloseTo(4e-3, within(1e-9));
        assertThat(PatchTraining.rate(119, 120)).isCloseTo(4e-3 / 25e4, within(1e-9));
    }

    @Test
    void inventedSpotsAreSomewhereButNotEverywhere() {
        SplittableRandom random = new SplittableRandom(3);
        double covered = 0;
        for (int i = 0; i < 200; i++) {
            int inside = 0;
            for (boolean spot : Perlin.spots(12, 16, random)) if (spot) inside++;
            assertThat(inside).isPositive();
            covered += inside / 192.0 / 200;
        }
        assertThat(covered).isBetween(0.02, 0.4);
    }

    private int append(PatchFile file, float[] cells, int d) {
        try (NDArray array = device.create(cells, new Shape(cells.length / d, d))) {
            return file.append(array);
        }
    }

    private static float[] noise(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian();
        return values;
    }
}
