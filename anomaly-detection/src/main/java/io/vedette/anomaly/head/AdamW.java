package io.vedette.anomaly.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Adam with decoupled weight decay (arXiv:1711.05101). DJL's own leaves its moments to nobody. */
final class AdamW {
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    private record Moments(NDArray mean, NDArray square) {}

    private final NDList parameters;
    private final List<Moments> moments = new ArrayList<>();
    private final double decay;
    private int steps;

    /** @param parameters whose manager the moments live in */
    AdamW(NDList parameters, double decay) {
        this.parameters = parameters;
        this.decay = decay;
        for (NDArray parameter : parameters) {
            NDManager owner = parameter.getManager();
            moments.add(new Moments(owner.zeros(parameter.getShape()), owner.zeros(parameter.getShape())));
        }
    }

    /**
     * One step downhill; gradient mode must be off.
     *
     * @param gradients of the parameters, in their order; used up
     */
    void step(NDList gradients, double rate) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(SECOND, steps)) / (1 - Math.pow(FIRST, steps));
        for (int i = 0; i < moments.size(); i++) {
            NDArray gradient = gradients.get(i);
            Moments kept = moments.get(i);
            try (NDArray squares = gradient.square()) {
                kept.mean.muli(FIRST).addi(gradient.muli(1 - FIRST));
                kept.square.muli(SECOND).addi(squares.muli(1 - SECOND));
            }
            try (NDArray root = kept.square.sqrt().addi(EPSILON * Math.sqrt(1 - Math.pow(SECOND, steps)));
                    NDArray move = kept.mean.div(root)) {
                parameters.get(i).muli(1 - rate * decay).subi(move.muli(rate * correction));
            }
        }
    }
}
