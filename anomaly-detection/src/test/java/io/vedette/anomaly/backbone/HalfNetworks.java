package io.vedette.anomaly.backbone;

import io.vedette.anomaly.backbone.SafeTensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks that compute in half precision on a CPU, where the product has none. */
public final class HalfNetworks {
    private HalfNetworks() {}

    public static Backbone whole(Weights weights) {
        return new Backbone(weights, 1, "cpu", device -> Precision.FLOAT32);
    }

    public static Backbone half(Weights weights) {
        return new Backbone(weights, 1, "cpu", device -> Precision.FLOAT16);
    }

    /** The same function in float32; but what one layer hands to the next is a million times as large on its way. */
    public static Weights overflowing(Weights of) {
        List<Network.Step> steps = of.network().steps();
        for (Network.Step step : steps) {
            List<Network.Step> readers =
                    steps.stream().filter(s -> s.inputs().contains(step.out())).toList();
            boolean plain = step.op().equals("conv") && !step.relu() && readers.size() == 1;
            if (!plain || !readers.get(0).op().equals("conv")) continue;
            Map<String, Tensor> tensors = new LinkedHashMap<>(of.tensors().tensors());
            tensors.computeIfPresent(step.out() + ".weight", (name, tensor) -> times(tensor, 1e6f));
            tensors.computeIfPresent(step.out() + ".bias", (name, tensor) -> times(tensor, 1e6f));
            tensors.computeIfPresent(readers.get(0).out() + ".weight", (name, tensor) -> times(tensor, 1e-6f));
            SafeTensors changed = new SafeTensors(tensors, of.tensors().metadata());
            return new Weights(of.name(), of.sha256(), of.network(), changed);
        }
        throw new IllegalArgumentException("no layer of " + of.name() + " can be scaled");
    }

    private static Tensor times(Tensor tensor, float factor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) values[i] *= factor;
        return new Tensor(tensor.shape(), values);
    }
}
