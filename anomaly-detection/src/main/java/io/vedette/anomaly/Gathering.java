package io.vedette.anomaly;

import ai.djl.ndarray.NDArray;
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
import java.util.stream.IntStream;

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
        views = new ArrayList<>();
        for (int i = 0; i < anomalous.length; i++) views.add(new ArrayList<>());
    }

    /** @return material that the caller closes */
    Material gather(long seed) {
        List<Integer> withCells = withCells(new Random(seed));
        List<Integer> waiting =
                withCells.subList(0, Math.max(1, Math.min(withCells.size(), WAITING / (1 + shots.copies()))));
        see(waiting, true, this::wait);
        progress.at("Finding components", 0, 1);
        Projection projection = fit.done(CHANNELS);
        progress.at("Finding components", 1, 1);
        PatchFile patches = new PatchFile(scratch, grid.width() * grid.height(), projection.size());
        try (Projection.Whitening whitening = projection.on(backbone.manager())) {
            for (int i : waiting) views.set(i, projected(views.get(i), whitening, patches));
            see(withCells.subList(waiting.size(), withCells.size()), true, (i, shot, map) -> {
                int slot = patches.append(whitening.apply(map.taps()));
                views.get(i).add(new Material.View(slot, shot.onGrid(grid)));
            });
            List<Integer> left = IntStream.range(0, pooled.length)
                    .filter(i -> pooled[i] == null)
                    .boxed()
                    .toList();
            see(left, false, (i, shot, map) -> {});
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

    /** What is done with a picture, or a variation of it, once the network has seen it. */
    private interface Use {
        void of(int example, Shots.Shot shot, FeatureMap map);
    }

    private void wait(int i, Shots.Shot shot, FeatureMap map) {
        if (whole == null) whole = new TapFiles(scratch, map.taps());
        if (shot.variation() == null) {
            try (NDArray cells = map.cells()) {
                fit.add(cells);
            }
        }
        views.get(i).add(new Material.View(whole.append(map.taps()), shot.onGrid(grid)));
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

    /** Reads as many examples at once as the network takes, and lets it look at them. */
    private void see(List<Integer> examples, boolean varied, Use use) {
        record Seen(int example, Shots.Shot shot) {}
        for (int from = 0; from < examples.size(); ) {
            int to = Math.min(examples.size(), from + backbone.batch());
            List<Seen> all = new ArrayList<>();
            for (int i : examples.subList(from, to)) {
                progress.at("Extracting features", seen++, anomalous.length);
                for (Shots.Shot shot : shots.of(i, varied)) all.add(new Seen(i, shot));
            }
            backbone.features(all.stream().map(of -> of.shot.pixels()).toList(), (map, at) -> {
                Seen of = all.get(at);
                grid = new Dimensions(map.width(), map.height());
                if (of.shot.variation() == null) pooled[of.example] = map.pooled();
                use.of(of.example, of.shot, map);
            });
            from = to;
        }
    }

    @Override
    public void close() {
        if (whole != null) whole.close();
    }
}
