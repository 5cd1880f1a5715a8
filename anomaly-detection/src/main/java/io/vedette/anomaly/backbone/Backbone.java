package io.vedette.anomaly.backbone;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.vedette.anomaly.image.Pixels;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** A frozen network from images to feature maps. Not for use by two threads at once. */
public final class Backbone implements AutoCloseable {
    private static final Shape THREE = new Shape(3, 3);
    private static final Shape ONE = new Shape(1, 1);
    private static final int MOST_AT_ONCE = 32;
    /** Bytes that a picture of 384 pixels takes on its way through the larger network, with room to spare. */
    private static final long EACH = 256L << 20;

    private final Identity identity;
    private final int threads;
    private final NDManager manager;
    private final Taps taps;
    private final FittingBatches batches;
    /** Pictures of one pass that somebody else has put together. */
    private final int mostTogether;

    /**
     * What the features are made with: models work with these only.
     *
     * @param sha256 of the file with the numbers
     */
    public record Identity(String name, String sha256) {}

    /**
     * @param which the name of a built-in network, or the path of a TorchScript file with a {@link Script} beside it
     * @param threads of PyTorch; other numbers may give other bits
     * @param device {@code cpu}, {@code gpu}, {@code gpu:NUMBER} or {@code auto}: the first GPU if there is one; after a slash
     *     the bytes of its memory that a pass may be planned with
     * @throws NoSuchBackbone if there is no such network, or the file is not what its description says
     * @throws IllegalArgumentException for another device, or for a GPU where there is none
     */
    public static Backbone open(String which, int threads, String device) {
        return open(which, threads, device, Precision.FLOAT32);
    }

    /** @param onGpu what a built-in network computes with on a GPU; anywhere else, and in a user's own network, it is float32 */
    public static Backbone open(String which, int threads, String device, Precision onGpu) {
        return which.endsWith(".pt")
                ? new Backbone(Script.beside(Path.of(which)), threads, device)
                : new Backbone(Weights.named(which), threads, device, of -> of.isGpu() ? onGpu : Precision.FLOAT32);
    }

    Backbone(Weights weights, int threads, String device, Function<Device, Precision> precision) {
        this.threads = threads;
        manager = manager(threads, device);
        batches = batches(manager.getDevice(), Devices.memory(device));
        mostTogether = isOnGpu() ? atOnce(Devices.memory(device)) : Integer.MAX_VALUE;
        identity = new Identity(weights.name(), weights.sha256());
        taps = new Steps(weights, manager, precision.apply(manager.getDevice()));
    }

    private Backbone(Script script, int threads, String device) {
        this.threads = threads;
        manager = manager(threads, device);
        batches = batches(manager.getDevice(), Devices.memory(device));
        mostTogether = isOnGpu() ? atOnce(Devices.memory(device)) : Integer.MAX_VALUE;
        identity = new Identity(script.name(), script.sha256());
        try {
            taps = new ScriptedTaps(script, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** For tests: a network and how many pictures it is given at once at most. */
    Backbone(Identity identity, Taps taps, NDManager manager, int batch) {
        this.threads = 1;
        this.manager = manager;
        this.identity = identity;
        this.taps = taps;
        batches = new FittingBatches(batch, () -> {});
        mostTogether = batch;
    }

    /** On a GPU by what is free there and may be planned with; should it be less after all, {@link FittingBatches} finds out. */
    private static FittingBatches batches(Device device, long allowed) {
        if (!device.isGpu()) return new FittingBatches(1, () -> {});
        JniUtils.emptyCudaCache(); // what the engine keeps for later is free too
        MemoryUsage memory = CudaUtils.getGpuMemory(device);
        long free = memory.getMax() - memory.getCommitted();
        return new FittingBatches(atOnce(Math.min(free, allowed)), JniUtils::emptyCudaCache);
    }

    /** @param bytes of a GPU's memory @return how many pictures a pass is planned with */
    static int atOnce(long bytes) {
        return (int) Math.max(1, Math.min(MOST_AT_ONCE, bytes / EACH));
    }

    private static NDManager manager(int threads, String device) {
        Engine engine = PyTorch.start(threads);
        return engine.newBaseManager(Devices.named(engine, device));
    }

    /** What the features are made with. */
    public Identity identity() {
        return identity;
    }

    /**
     * The images as the network sees them.
     *
     * @return (n, 3, height, width) float32, RGB in [0, 1], channels-last in memory; owned by {@code owner}
     */
    static NDArray tensor(NDManager owner, List<Pixels> pictures) {
        Pixels first = pictures.get(0);
        float[] rgb = first.rgb();
        if (pictures.size() > 1) {
            rgb = new float[pictures.size() * first.rgb().length];
            for (int i = 0; i < pictures.size(); i++)
                System.arraycopy(pictures.get(i).rgb(), 0, rgb, i * first.rgb().length, first.rgb().length);
        }
        NDArray rows = owner.create(rgb, new Shape(pictures.size(), first.height(), first.width(), 3));
        return rows.transpose(0, 3, 1, 2); // a view: the rows must stay open, since they alone keep Java's buffer alive
    }

    /** Whether it computes on a GPU. */
    public boolean isOnGpu() {
        return manager.getDevice().isGpu();
    }

    /** What lives as long as the network, on its device. */
    public NDManager manager() {
        return manager;
    }

    /** A scope on this network's device; the caller closes it. */
    public NDManager scope() {
        JniUtils.setNumThreads(threads);
        JniUtils.setGradMode(false); // on in every thread but the one that started the engine
        return manager.newSubManager();
    }

    /** 3×3, stride 1; what lies outside is left out of the mean, which PyTorch's own flag for that does not do here. */
    static NDArray averaged(NDArray x) {
        Shape shape = x.getShape();
        try (NDArray sum = Pool.avgPool2d(x, THREE, ONE, ONE, false, true);
                NDArray ones = x.getManager().ones(new Shape(1, 1, shape.get(2), shape.get(3)), x.getDataType());
                NDArray share = Pool.avgPool2d(ones, THREE, ONE, ONE, false, true)) {
            return sum.div(share);
        }
    }

    /** What the network makes of the picture; the caller closes it. */
    public FeatureMap features(Pixels pixels) {
        return features(List.of(pixels)).get(0);
    }

    /** How many pictures to bring at once: one on a CPU, where more gain nothing and a score must not depend on others. */
    public int batch() {
        return batches.most();
    }

    /**
     * In batches that fit the device's memory.
     *
     * @param pictures all of one size
     * @param use told each picture's place and what the network makes of it, in order; the map closes after that
     */
    public void features(List<Pixels> pictures, ObjIntConsumer<FeatureMap> use) {
        batches.run(pictures, this::features, closing(use));
    }

    /**
     * In one pass, if memory allows and may be planned with, else in smaller ones; the features are those of single pictures up to rounding.
     *
     * @param pictures all of one size
     * @param use told each picture's place and what the network makes of it, in order; the map closes after that
     */
    public void together(List<Pixels> pictures, ObjIntConsumer<FeatureMap> use) {
        Runnable freeing = isOnGpu() ? JniUtils::emptyCudaCache : () -> {};
        new FittingBatches(Math.min(pictures.size(), mostTogether), freeing)
                .run(pictures, this::features, closing(use));
    }

    private static ObjIntConsumer<List<FeatureMap>> closing(ObjIntConsumer<FeatureMap> use) {
        return (maps, from) -> {
            try {
                for (int i = 0; i < maps.size(); i++) use.accept(maps.get(i), from + i);
            } finally {
                maps.forEach(FeatureMap::close);
            }
        };
    }

    private List<FeatureMap> features(List<Pixels> pictures) {
        List<FeatureMap> maps = new ArrayList<>();
        try (NDManager scope = scope();
                NDList outputs = taps.of(tensor(scope, pictures))) {
            for (int i = 0; i < pictures.size(); i++) maps.add(map(outputs, i));
            return maps;
        } catch (RuntimeException e) {
            maps.forEach(FeatureMap::close);
            throw e;
        }
    }

    /** @param outputs of several pictures */
    private FeatureMap map(NDList outputs, int picture) {
        NDManager own = scope();
        try {
            NDList averaged = new NDList();
            for (NDArray tap : outputs) {
                boolean alone = tap.getShape().get(0) == 1;
                NDArray mean = averaged(alone ? tap : tap.get(new NDIndex(picture + ":" + (picture + 1))));
                mean.attach(own);
                averaged.add(mean);
            }
            return FeatureMap.of(averaged);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    @Override
    public void close() {
        taps.close();
        manager.close();
    }
}
