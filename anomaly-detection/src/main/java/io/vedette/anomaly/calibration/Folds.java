package io.vedette.anomaly.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which part of the examples each is held out with.
 *
 * @param count of the parts
 * @param of each example, from 0
 */
public record Folds(int count, int[] of) {

    /** Each class dealt out evenly, in an order that the seed decides. */
    public static Folds stratified(boolean[] anomalous, int count, long seed) {
        int[] of = new int[anomalous.length];
        Random random = new Random(seed);
        int dealt = 0;
        for (boolean label : new boolean[] {false, true}) {
            List<Integer> members = new ArrayList<>(IntStream.range(0, anomalous.length)
                    .filter(i -> anomalous[i] == label)
                    .boxed()
                    .toList());
            Collections.shuffle(members, random);
            for (int i : members) of[i] = dealt++ % count;
        }
        return new Folds(count, of);
    }

    public int[] in(int fold) {
        return IntStream.range(0, of.length).filter(i -> of[i] == fold).toArray();
    }

    public int[] outside(int fold) {
        return IntStream.range(0, of.length).filter(i -> of[i] != fold).toArray();
    }
}
