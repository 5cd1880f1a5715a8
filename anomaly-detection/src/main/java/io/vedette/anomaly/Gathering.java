package io.vedette.anomaly;

import io.vedette.anomaly.backbone.Backbone;
import io.vedette.anomaly.backbone.FeatureMap;
import io.vedette.anomaly.head.PatchFile;
import io.vedette.anomaly.head.Projection;
import io.vedette.anomaly.head.TapFiles;
import io.vedette.anomaly.image.Dimensions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Shows every example to the network, once. The taps of the first few hundred pictures wait in files, whole, until the
 * projection is known; from then on only what it leaves of them is kept, of as many examples as patches are learned from.
 */
final class Gathering implements AutoCloseable {
    /** Pictures whose taps wait: 4 MB each. */
    private static final int WAITING = 400;

    private static final int MOST_WITH_CELLS = 2000;
    private static final int MOST_ANOMALIES_WITH_CELLS = 1000;
    private static final int CHANNELS = 160;

    private final Backbone backbone;
    private final Path scratch;
    private final Progress progress;
    private final Shots shots;
    private final boolean[] anomalous;
    private final float[][] pooled;
    private final List<List<Material.View>> views;
    private final Projection.Fit fit = new Projection.Fit();
    private Dimensions grid;
    private TapFiles whole;
    private int seen;

    Gathering(Backbone backbone, Shots shots, boolean[] anomalous, Path scratch, Progress progress) {
        this.backbone = backbone;
        this.shots = shots;
        this.anomalous = anomalous;
        this.scratch = scratch;
        this.progress = progress;
        pooled = new float[anomalous.length][];
        views = new ArrayList<>(Collections.nCopies(anomalous.length, List.of()));
    }

    /** @return material that the caller closes */
    Material gather(long seed) {
        List<Integer> withCells = withCells(new Random(seed));
        List<Integer> waiting =
                withCells.subList(0, Math.max(1, Math.min(withCells.size(), WAITING / (1 + shots.copies()))));
        for (int i : waiting) views.set(i, wait(i));
        progress.at("Finding components", 0, 1);
        Projection projection = fit.done(CHANNELS);
        progress.at("Finding components", 1, 1);
        PatchFile patches = new PatchFile(scratch, grid.width() * grid.height(), projection.size());
        try (Projection.Whitening whitening = projection.on(backbone.manager())) {
            for (int i : waiting) views.set(i, projected(views.get(i), whitening, patches));
            for (int i : withCells.subList(waiting.size(), withCells.size()))
                views.set(i, projected(i, whitening, patches));
            for (int i = 0; i < pooled.length; i++) if (pooled[i] == null) pool(i);
        } catch (RuntimeException e) {
            patches.close();
            throw e;
        }
        progress.at("Extracting features", seen, seen);
        List<String> remarks = shots.remarks().sentences();
        return new Material(
                Arrays.asList(pooled),
                anomalous,
                views,
                shots.kinds(),
                shots.images(),
                grid,
                projection,
                patches,
                remarks);
    }

    /** In a random order, but the first example first: it sets the size. */
    private List<Integer> withCells(Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i < anomalous.length; i++) order.add(i);
        Collections.shuffle(order, random);
        order.add(0, 0);
        List<Integer> anomalies = order.stream().filter(i -> anomalous[i]).toList();
        int most = anomalous.length - anomalies.size() == 0 ? MOST_WITH_CELLS : MOST_ANOMALIES_WITH_CELLS;
        List<Integer> left = anomalies.subList(Math.min(most, anomalies.size()), anomalies.size());
        order.removeAll(new java.util.HashSet<>(left));
        return order.subList(0, Math.min(MOST_WITH_CELLS, order.size()));
    }

    private List<Material.View> wait(int i) {
        List<Material.View> waiting = new ArrayList<>();
        for (Shots.Shot shot : shots(i, true)) {
            try (FeatureMap map = see(i, shot)) {
                if (whole == null) whole = new TapFiles(scratch, map.taps());
                if (shot.variation() == null) fit.add(map.cells());
                waiting.add(new Material.View(whole.append(map.taps()), shot.onGrid(grid)));
            }
        }
        return waiting;
    }

    private List<Material.View> projected(
            List<Material.View> waiting, Projection.Whitening whitening, PatchFile patches) {
        List<Material.View> projected = new ArrayList<>();
        for (Material.View view : waiting) {
            try (var scope = backbone.scope()) {
                var taps = whole.read(scope, view.slot());
                projected.add(new Material.View(patches.append(whitening.apply(taps)), view.mask()));
            }
        }
        return projected;
    }

    private List<Material.View> projected(int i, Projection.Whitening whitening, PatchFile patches) {
        List<Material.View> projected = new ArrayList<>();
        for (Shots.Shot shot : shots(i, true)) {
            try (FeatureMap map = see(i, shot)) {
                int slot = patches.append(whitening.apply(map.taps()));
                projected.add(new Material.View(slot, shot.onGrid(grid)));
            }
        }
        return projected;
    }

    private void pool(int i) {
        for (Shots.Shot shot : shots(i, false)) see(i, shot).close();
    }

    private List<Shots.Shot> shots(int i, boolean varied) {
        progress.at("Extracting features", seen++, anomalous.length);
        return shots.of(i, varied);
    }

    private FeatureMap see(int i, Shots.Shot shot) {
        FeatureMap map = backbone.features(shot.pixels());
        grid = new Dimensions(map.width(), map.height());
        if (shot.variation() == null) pooled[i] = map.pooled();
        return map;
    }

    @Override
    public void close() {
        if (whole != null) whole.close();
    }
}
