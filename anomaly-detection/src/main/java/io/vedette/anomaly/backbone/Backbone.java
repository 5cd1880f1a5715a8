package io.vedette.anomaly.backbone;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.jni.JniUtils;
import io.vedette.anomaly.image.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A frozen network from images to feature maps. Not for use by two threads at once. */
public final class Backbone implements AutoCloseable {
    private static final Shape THREE = new Shape(3, 3);
    private static final Shape ONE = new Shape(1, 1);
    private static final int BILINEAR = 2;

    private final Identity identity;
    private final int threads;
    private final NDManager manager;
    private final Taps taps;

    /**
     * What the features are made with: models work with these only.
     *
     * @param sha256 of the file with the numbers
     */
    public record Identity(String name, String sha256) {}

    /**
     * @param which the name of a built-in network, or the path of a TorchScript file with a {@link Script} beside it
     * @param threads of PyTorch; other numbers may give other bits
     * @param device {@code cpu}, {@code gpu} or {@code auto}: the first GPU if there is one
     * @throws NoSuchBackbone if there is no such network, or the file is not what its description says
     * @throws IllegalArgumentException for another device, or for a GPU where there is none
     */
    public static Backbone open(String which, int threads, String device) {
        return which.endsWith(".pt")
                ? new Backbone(Script.beside(Path.of(which)), threads, device)
                : new Backbone(Weights.named(which), threads, device);
    }

    Backbone(Weights weights, int threads, String device) {
        this.threads = threads;
        manager = manager(threads, device);
        identity = new Identity(weights.name(), weights.sha256());
        taps = new Steps(weights, manager);
    }

    private Backbone(Script script, int threads, String device) {
        this.threads = threads;
        manager = manager(threads, device);
        identity = new Identity(script.name(), script.sha256());
        try {
            taps = new ScriptedTaps(script, manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static NDManager manager(int threads, String device) {
        Engine engine = PyTorch.start(threads);
        return engine.newBaseManager(device(engine, device));
    }

    private static Device device(Engine engine, String name) {
        boolean available = engine.getGpuCount() > 0;
        return switch (name) {
            case "cpu" -> Device.cpu();
            case "auto" -> available ? Device.gpu() : Device.cpu();
            case "gpu" -> {
                if (!available) throw new IllegalArgumentException("there is no GPU that PyTorch can use");
                yield Device.gpu();
            }
            default -> throw new IllegalArgumentException("the device is cpu, gpu or auto, not " + name);
        };
    }

    /** What the features are made with. */
    public Identity identity() {
        return identity;
    }

    /**
     * The image as the network sees it.
     *
     * @return (1, 3, height, width) float32, RGB in [0, 1], channels-last in memory; owned by {@code owner}
     */
    NDArray tensor(NDManager owner, Pixels pixels) {
        NDArray rows = owner.create(pixels.rgb(), new Shape(1, pixels.height(), pixels.width(), 3));
        return rows.transpose(0, 3, 1, 2); // a view: the rows must stay open, since they alone keep Java's buffer alive
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
                NDArray ones = x.getManager().ones(new Shape(1, 1, shape.get(2), shape.get(3)));
                NDArray share = Pool.avgPool2d(ones, THREE, ONE, ONE, false, true)) {
            return sum.div(share);
        }
    }

    /**
     * The feature map: each tap averaged over 3×3 cells, brought to the first tap's grid, one after the other.
     *
     * @return (1, C, h, w) float32; owned by the image's manager
     */
    private NDArray map(NDArray image) {
        NDList parts = new NDList();
        try (NDList outputs = taps.of(image)) {
            for (NDArray tap : outputs) {
                NDArray part = averaged(tap);
                if (!parts.isEmpty()) {
                    Shape grid = parts.get(0).getShape();
                    try (NDArray coarse = part) {
                        part = coarse.getNDArrayInternal()
                                .interpolation(new long[] {grid.get(2), grid.get(3)}, BILINEAR, false);
                    }
                }
                parts.add(part);
            }
        }
        try (parts) {
            return parts.get(0).getNDArrayInternal().concat(new NDList(parts.subList(1, parts.size())), 1);
        }
    }

    /** What the network makes of the picture; the caller closes it. */
    public FeatureMap features(Pixels pixels) {
        NDManager scope = scope();
        try {
            NDArray map = map(tensor(scope, pixels));
            Shape shape = map.getShape();
            return FeatureMap.of(map.reshape(shape.get(1), -1), (int) shape.get(2), (int) shape.get(3));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /**
     * The same of several pictures of one size in one pass, to the last bits.
     *
     * @return one for each picture, in their order; the caller closes each
     */
    public List<FeatureMap> features(List<Pixels> pictures) {
        List<FeatureMap> features = new ArrayList<>();
        try (NDManager scope = scope()) {
            NDList images = new NDList();
            pictures.forEach(pixels -> images.add(tensor(scope, pixels)));
            NDArray first = images.get(0);
            NDArray map = map(
                    images.size() == 1
                            ? first
                            : first.getNDArrayInternal().concat(new NDList(images.subList(1, images.size())), 0));
            Shape shape = map.getShape();
            for (int i = 0; i < pictures.size(); i++) {
                NDArray one = map.get(i).reshape(shape.get(1), -1);
                one.attach(scope());
                features.add(FeatureMap.of(one, (int) shape.get(2), (int) shape.get(3)));
            }
            return features;
        } catch (RuntimeException e) {
            features.forEach(FeatureMap::close);
            throw e;
        }
    }

    @Override
    public void close() {
        taps.close();
        manager.close();
    }
}
