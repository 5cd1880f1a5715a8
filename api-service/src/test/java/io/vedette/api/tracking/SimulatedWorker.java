package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import java.util.UUID;

/** A worker at one run: alive, frozen or dead, somewhere between its claim and its last word. */
final class SimulatedWorker {
    /** How many steps its work has before there is a result. */
    static final int STEPS = 3;

    enum Body {
        ALIVE,
        FROZEN,
        DEAD,
        DONE
    }

    final Run run;
    /** What an evaluation evaluates. */
    final UUID trainingRun;
    /** Ticks since it was last heard, as the world knows and the api does not. */
    private int silentTicks;

    int longestSilence;

    Body body = Body.ALIVE;
    int step;
    boolean toldToStop;

    SimulatedWorker(Run run, UUID trainingRun) {
        this.run = run;
        this.trainingRun = trainingRun;
    }

    void speak() {
        silentTicks = 0;
    }

    void keepSilent() {
        longestSilence = Math.max(longestSilence, ++silentTicks);
    }

    boolean is(Body expected) {
        return body == expected;
    }

    boolean isTraining() {
        return run.kind() == Kind.TRAINING;
    }

    @Override
    public String toString() {
        return run.kind() + " " + run.attempt() + " " + body + " step " + step;
    }
}
