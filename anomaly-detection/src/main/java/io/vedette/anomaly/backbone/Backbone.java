package io.vedette.anomaly.backbone;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.jni.JniUtils;
import io.vedette.anomaly.image.Pixels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A frozen network from images to feature maps. Not for use by two threads at once. */
public final class Backbone implements AutoCloseable {
    private static final Shape THREE = new Shape(3, 3);
    private static final Shape ONE = new Shape(1, 1);
    private static final int BILINEAR = 2;

    private final Weights weights;
    private final int threads;
    private final NDManager manager;
    private final Map<String, NDArray> parameters = new HashMap<>();
    private final Map<String, Long> readers;

    /**
     * @param threads of PyTorch; other numbers may give other bits
     * @param device {@code cpu}, {@code gpu} or {@code auto}: the first GPU if there is one
     * @throws IllegalArgumentException for another device, or for a GPU where there is none
     */
    public Backbone(Weights weights, int threads, String device) {
        this.weights = weights;
        this.threads = threads;
        Engine engine = PyTorch.start(threads);
        manager = engine.newBaseManager(device(engine, device));
        weights.tensors().tensors().forEach((name, tensor) -> parameters.put(name, parameter(tensor)));
        readers = weights.network().steps().stream()
                .flatMap(step -> step.inputs().stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        weights.network().taps().forEach(tap -> readers.merge(tap.step(), 1L, Long::sum));
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

    /** Kernels are stored OHWI: seen as OIHW they are channels-last, which is faster. */
    private NDArray parameter(SafeTensors.Tensor tensor) {
        NDArray array = manager.create(tensor.values(), new Shape(tensor.shape()));
        return tensor.shape().length == 4 ? array.transpose(0, 3, 1, 2) : array;
    }

    /** What the features are made with. */
    public Weights weights() {
        return weights;
    }

    /**
     * The image as the network sees it.
     *
     * @return (1, 3, height, width) float32, RGB in [0, 1], channels-last in memory; owned by {@code owner}
     */
    NDArray tensor(NDManager owner, Pixels pixels) {
        try (NDArray rows = owner.create(pixels.rgb(), new Shape(1, pixels.height(), pixels.width(), 3))) {
            return rows.transpose(0, 3, 1, 2);
        }
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

    /**
     * The outputs at the taps, before any pooling.
     *
     * @param image (1, 3, height, width) float32, RGB in [0, 1]
     * @return per tap (1, channels, h, w) float32; owned by the image's manager
     */
    NDList taps(NDArray image) {
        Map<String, NDArray> values = new HashMap<>(Map.of(Network.IMAGE, image));
        Map<String, Long> left = new HashMap<>(readers);
        for (Network.Step step : weights.network().steps()) {
            List<NDArray> inputs = step.inputs().stream().map(values::get).toList();
            values.put(step.out(), rectified(step, apply(step, inputs)));
            for (String name : step.inputs())
                if (left.merge(name, -1L, Long::sum) == 0 && !name.equals(Network.IMAGE))
                    values.remove(name).close();
        }
        NDList taps = new NDList();
        weights.network().taps().forEach(tap -> taps.add(values.get(tap.step())));
        return taps;
    }

    private NDArray apply(Network.Step step, List<NDArray> inputs) {
        NDArray input = inputs.get(0);
        return switch (step.op()) {
            case "conv" -> convolved(step, input, parameters.get(step.out() + ".bias"));
            case "maxpool" ->
                Pool.maxPool2d(
                        input, new Shape(step.kernel()), new Shape(step.stride()), new Shape(step.padding()), false);
            case "avgpool" -> averaged(input);
            case "pad" -> input.pad(new Shape(0, 1, 0, 1), 0);
            case "concat" -> input.getNDArrayInternal().concat(new NDList(inputs.subList(1, inputs.size())), 1);
            case "add" -> input.add(inputs.get(1));
            default -> throw new IllegalArgumentException("unknown step " + step.op());
        };
    }

    /** Per channel the mean of what the first layer gives, before its bias: how a test tells that it is fed rightly. */
    float[] stem(NDArray image) {
        List<Network.Step> steps = weights.network().steps();
        boolean padded = steps.get(0).op().equals("pad");
        NDArray input = padded ? apply(steps.get(0), List.of(image)) : image;
        NDArray out = convolved(steps.get(padded ? 1 : 0), input, null);
        return out.reshape(out.getShape().get(1), -1).mean(new int[] {1}).toFloatArray();
    }

    private NDArray convolved(Network.Step step, NDArray input, NDArray bias) {
        NDArray kernel = parameters.get(step.out() + ".weight");
        return Conv2d.conv2d(
                        input, kernel, bias, new Shape(step.stride()), new Shape(step.padding()), ONE, step.groups())
                .singletonOrThrow();
    }

    private static NDArray rectified(Network.Step step, NDArray value) {
        if (!step.relu()) return value;
        try (value) {
            return step.max() == null ? value.getNDArrayInternal().relu() : value.clip(0, step.max());
        }
    }

    /** 3×3, stride 1; what lies outside is left out of the mean, which PyTorch's own flag for that does not do here. */
    private static NDArray averaged(NDArray x) {
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
        try (NDList taps = taps(image)) {
            for (NDArray tap : taps) {
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

    @Override
    public void close() {
        manager.close();
    }
}
