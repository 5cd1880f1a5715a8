package io.vedette.api.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.api.tracking.SimulatedWorker.Body;
import io.vedette.common.event.RunEvent.Cause;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens in whatever order, the promises hold after every step; and once nothing bad happens any more, the model
 * comes to its end by itself. A failure is made smaller and printed as the numbers that bring it about.
 */
class LifeProperties {
    /** So many rounds without a fault are enough for three attempts at training and three at evaluating. */
    private static final int PATIENCE = 300;

    @Property(tries = 100_000)
    void everyModelComesToOneEnd(@ForAll @Size(max = 150) List<@IntRange(min = 0, max = 99_999) Integer> choices) {
        SimulatedWorld world = new SimulatedWorld();
        for (int choice : choices) {
            happen(world, choice % 100, choice / 100);
            world.check();
        }
        int rounds = 0;
        while (!world.life().isSettled()) {
            assertThat(rounds++).as("rounds until the end of %s", world.life()).isLessThan(PATIENCE);
            calmRound(world);
            world.check();
        }
    }

    /** @param what 0 to 99, the kind of event; one that can't happen now does not */
    private static void happen(SimulatedWorld world, int what, int which) {
        if (what < 12) {
            any(world.outbox.size(), which, it -> world.publish(it, what < 3));
        } else if (what < 26) {
            any(world.requests.size(), which, it -> world.deliver(it, what < 23, what != 25 && what != 22));
        } else if (what < 50) {
            any(world, Body.ALIVE, which, world::work);
        } else if (what < 60) {
            beat(world, which % 4 == 0 ? 8 : 1);
        } else if (what < 74) {
            consume(world);
        } else if (what < 79) {
            announce(world, what < 75);
        } else if (what < 82) {
            any(world.control.size(), which, world::hearControl);
        } else if (what < 86) {
            world.look();
        } else {
            disturb(world, what, which);
        }
    }

    private static void beat(SimulatedWorld world, int times) {
        for (int i = 0; i < times; i++) {
            world.beat();
        }
    }

    private static void disturb(SimulatedWorld world, int what, int which) {
        if (what < 88) {
            any(world, Body.ALIVE, which, it -> it.body = which % 3 == 0 ? Body.STUCK : Body.DEAD);
        } else if (what < 90) {
            any(world, Body.ALIVE, which, it -> it.body = Body.FROZEN);
        } else if (what < 92) {
            any(world, Body.FROZEN, which, it -> it.body = Body.ALIVE);
        } else if (what < 94) {
            any(world, Body.ALIVE, which, world::interrupt);
        } else if (what < 96) {
            any(world, Body.ALIVE, which, it -> world.fail(it, Cause.values()[which % Cause.values().length]));
        } else if (what == 96 && which % 2 == 0) {
            world.announcements.poll(); // the topic was made anew, or the record is set aside
        } else if (what == 96) {
            any(world.requests.size(), which, it -> world.requests.remove((int) it));
        } else if (what == 97) {
            any(world.history.size(), which, it -> world.requests.add(world.history.get(it)));
        } else if (what == 98) {
            recordsGoWrong(world, which);
        } else if (which % 10 == 0) {
            world.apply(new LifeEvent.Stopped("Training was stopped."));
        }
    }

    private static void recordsGoWrong(SimulatedWorld world, int which) {
        switch (which % 4) {
            case 0 -> world.runEvents.jump(Duration.ofSeconds(which * 7L - 3500));
            case 1 -> world.runEvents.sayAgain(which % 5);
            case 2 -> world.runEvents.consumeAgain(which);
            default -> world.missRequest();
        }
    }

    /** What the system does when nothing disturbs it: everything is delivered, and everybody works. */
    private static void calmRound(SimulatedWorld world) {
        while (!world.outbox.isEmpty()) {
            world.publish(0, false);
        }
        while (!world.control.isEmpty()) {
            world.hearControl(0);
            world.control.remove(0);
        }
        while (world.runEvents.hasNews()) {
            consume(world);
        }
        while (!world.announcements.isEmpty()) {
            announce(world, false);
        }
        if (!world.requests.isEmpty()) {
            world.deliver(0, true, true);
        }
        for (SimulatedWorker worker : List.copyOf(world.workers)) {
            if (worker.is(Body.ALIVE)) {
                world.work(worker);
            }
        }
        world.beat();
        while (world.runEvents.hasNews()) {
            consume(world);
        }
        world.lookAgain();
        assertThat(world.life().isOrphaned()).as("a model that nobody works at").isFalse();
        world.missRequest();
    }

    private static void consume(SimulatedWorld world) {
        if (world.runEvents.hasNews()) {
            world.runEvents.consume();
        }
    }

    private static void announce(SimulatedWorld world, boolean again) {
        if (!world.announcements.isEmpty()) {
            world.apply(again ? world.announcements.peek() : world.announcements.remove());
        }
    }

    private static void any(int size, int which, Consumer<Integer> action) {
        if (size > 0) {
            action.accept(which % size);
        }
    }

    private static void any(SimulatedWorld world, Body body, int which, Consumer<SimulatedWorker> action) {
        List<SimulatedWorker> fitting =
                world.workers.stream().filter(it -> it.is(body)).toList();
        any(fitting.size(), which, it -> action.accept(fitting.get(it)));
    }
}
