package io.vedette.anomaly.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A built-in network, computed step by step. */
final class Steps implements Taps {
    private static final Shape ONE = new Shape(1, 1);

    private final Weights weights;
    private final NDManager manager;
    private final Precision precision;
    private final Map<String, NDArray> parameters = new HashMap<>();
    private final Map<String, Long> readers;

    /** @param manager that the parameters live in */
    Steps(Weights weights, NDManager manager, Precision precision) {
        this.weights = weights;
        this.manager = manager;
        this.precision = precision;
        weights.tensors().tensors().forEach((name, tensor) -> parameters.put(name, parameter(tensor)));
        readers = weights.network().steps().stream()
                .flatMap(step -> step.inputs().stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        weights.network().taps().forEach(tap -> readers.merge(tap.step(), 1L, Long::sum));
    }

    /** Kernels are stored OHWI: seen as OIHW they are channels-last, which is faster. */
    private NDArray parameter(SafeTensors.Tensor tensor) {
        NDArray array = in(precision, manager.create(tensor.values(), new Shape(tensor.shape())));
        return tensor.shape().length == 4 ? array.transpose(0, 3, 1, 2) : array;
    }

    /** @return the array itself if it is of these numbers; else it is used up */
    private static NDArray in(Precision precision, NDArray array) {
        if (array.getDataType() == precision.type()) return array;
        try (array) {
            return array.toType(precision.type(), false);
        }
    }

    @Override
    public NDList of(NDArray image) {
        NDArray input = precision == Precision.FLOAT32 ? image : image.toType(precision.type(), false);
        Map<String, NDArray> values = new HashMap<>(Map.of(Network.IMAGE, input));
        Map<String, Long> left = new HashMap<>(readers);
        for (Network.Step step : weights.network().steps()) {
            List<NDArray> inputs = step.inputs().stream().map(values::get).toList();
            values.put(step.out(), rectified(step, apply(step, inputs)));
            for (String name : step.inputs())
                if (left.merge(name, -1L, Long::sum) == 0 && !name.equals(Network.IMAGE))
                    values.remove(name).close();
        }
        NDList taps = new NDList();
        weights.network().taps().forEach(tap -> taps.add(in(Precision.FLOAT32, values.get(tap.step()))));
        return taps;
    }

    private NDArray apply(Network.Step step, List<NDArray> inputs) {
        NDArray input = inputs.get(0);
        return switch (step.op()) {
            case "conv" -> convolved(step, input, parameters.get(step.out() + ".bias"));
            case "maxpool" ->
                Pool.maxPool2d(
                        input, new Shape(step.kernel()), new Shape(step.stride()), new Shape(step.padding()), false);
            case "avgpool" -> Backbone.averaged(input);
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

    @Override
    public void close() {
        parameters.values().forEach(NDArray::close);
    }
}
