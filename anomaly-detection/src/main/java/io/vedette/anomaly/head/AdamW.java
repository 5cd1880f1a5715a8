package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam with decoupled weight decay (arXiv:1711.05101). DJL's own leaves its moments to nobody. */
final class AdamW {
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    private record Moments(NDArray mean, NDArray square) {}

    private final Map<NDArray, Moments> moments = new LinkedHashMap<>();
    private final double decay;
    private int steps;

    /** @param parameters leaves that require gradients; the moments live as long as their manager */
    AdamW(Collection<NDArray> parameters, double decay) {
        this.decay = decay;
        for (NDArray parameter : parameters) {
            NDManager owner = parameter.getManager();
            moments.put(parameter, new Moments(owner.zeros(parameter.getShape()), owner.zeros(parameter.getShape())));
        }
    }

    /** One step down the gradients, which must have been computed; gradient mode must be off. */
    void step(double rate) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(SECOND, steps)) / (1 - Math.pow(FIRST, steps));
        moments.forEach((parameter, kept) -> {
            try (NDManager scope = parameter.getManager().newSubManager()) {
                NDArray gradient = parameter.getGradient();
                gradient.attach(scope);
                kept.mean.muli(FIRST).addi(gradient.mul(1 - FIRST));
                kept.square.muli(SECOND).addi(gradient.square().muli(1 - SECOND));
                NDArray root = kept.square.sqrt();
                root.attach(scope);
                root.addi(EPSILON * Math.sqrt(1 - Math.pow(SECOND, steps)));
                NDArray move = kept.mean.div(root);
                move.attach(scope);
                parameter.muli(1 - rate * decay).subi(move.muli(rate * correction));
                gradient.muli(0);
            }
        });
    }
}
