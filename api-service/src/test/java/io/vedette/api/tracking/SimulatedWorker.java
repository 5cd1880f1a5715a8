package io.vedette.api.tracking;

import io.vedette.common.event.RunEvent.Kind;
import io.vedette.common.event.RunEvent.Run;
import java.util.UUID;

/** A worker at one run: alive, stuck (it is heard, and gets nowhere), frozen or dead, somewhere between its claim and its last word. */
final class SimulatedWorker {
    /** How many steps its work has before there is a result. */
    static final int STEPS = 3;

    enum Body {
        ALIVE,
        STUCK,
        FROZEN,
        DEAD,
        DONE
    }

    final Run run;
    /** What an evaluation evaluates. */
    final UUID trainingRun;

    Body body = Body.ALIVE;
    int step;
    boolean toldToStop;

    SimulatedWorker(Run run, UUID trainingRun) {
        this.run = run;
        this.trainingRun = trainingRun;
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
