package io.vedette.api.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final UUID MODEL = new UUID(0, 1);
    private static final long QUIET = 100;

    private long now;
    private final Demand demand = new Demand(QUIET, () -> now);

    @Test
    void thereIsAUnitForEachCallBetweenMinAndMax() {
        assertThat(demand.units(MODEL, 2, 4)).isEqualTo(2);
        int[] given = new int[6];
        for (int i = 0; i < given.length; i++) {
            given[i] = demand.enter(MODEL, 2, 4);
        }
        assertThat(given).containsExactly(2, 2, 3, 4, 4, 4);
    }

    @Test
    void theyGoOnceFewerWereEnoughForAWhile() {
        enter(4);
        leave(3);
        now += QUIET;
        assertThat(demand.units(MODEL, 1, 8)).isEqualTo(4);
        now++;
        assertThat(demand.units(MODEL, 1, 8)).isEqualTo(3); // at first, three were still in the house
        now += QUIET + 1;
        assertThat(demand.units(MODEL, 1, 8)).isEqualTo(1);
    }

    @Test
    void oneCallAtATimeNeedsNoSecondUnit() {
        enter(3);
        leave(3);
        for (int i = 0; i < 10; i++) {
            now += QUIET / 2;
            enter(1);
            leave(1);
        }
        assertThat(demand.units(MODEL, 1, 8)).isEqualTo(1);
    }

    @Test
    void theyStayWhileTheyAreNeeded() {
        for (int i = 0; i < 10; i++) {
            now += QUIET / 2;
            enter(3);
            leave(3);
        }
        assertThat(demand.units(MODEL, 1, 8)).isEqualTo(3);
        assertThat(demand.units(MODEL, 1, 2)).isEqualTo(2);
        assertThat(demand.units(MODEL, 5, 8)).isEqualTo(5);
    }

    private void enter(int calls) {
        for (int i = 0; i < calls; i++) {
            demand.enter(MODEL, 1, 8);
        }
    }

    private void leave(int calls) {
        for (int i = 0; i < calls; i++) {
            demand.leave(MODEL);
        }
    }
}
