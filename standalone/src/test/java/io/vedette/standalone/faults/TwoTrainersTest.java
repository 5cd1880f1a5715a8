package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.standalone.faults.Timetable.Turn;
import io.vedette.standalone.stack.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nothing breaks here: two trainer processes, and trainings that are rehearsed for as long as they are told to. */
@FaultTest
@Isolated
class TwoTrainersTest {
    private static final int LONG = 20;
    /** In the order in which they are asked for. */
    private static final List<Integer> SECONDS = List.of(3, LONG, 1, 6, 1, 3, 6, 1, 3, 1);

    private static final int PAIRS = 6;
    /** Less than any training that is waited behind would take of it. */
    private static final long MOST_IDLE_MILLIS = 2500;

    private static Replica second;

    @AfterAll
    static void stopSecond() {
        if (second != null) {
            second.close();
            second = null;
        }
    }

    @Test
    void shareTenTrainingsOfUnequalLengthWithoutOneWaitingBehindAnother(Scene row) {
        // Given
        startSecond(row);
        Map<Integer, Scene> scenes = new TreeMap<>();
        for (int seconds : SECONDS) {
            scenes.computeIfAbsent(seconds, each -> prepared(row, each));
        }
        // When
        train(SECONDS.stream().map(scenes::get).toList());
        // Then
        Timetable timetable = timetable(row);
        assertEachOnceAndNobodyIdle(timetable, SECONDS.size());
        assertThat(besideTheLongOne(timetable)).hasSizeGreaterThan(3);
    }

    /** Whichever of them both lie with: the one whose partitions they are is not all there is. */
    @Test
    void beginTwoTrainingsTogetherThatAreAskedForTogether(Scene row) {
        // Given
        startSecond(row);
        Scene scene = prepared(row, 4);
        // When
        for (int i = 0; i < PAIRS; i++) {
            train(List.of(scene, scene));
        }
        // Then
        assertEachOnceAndNobodyIdle(timetable(row), 2 * PAIRS);
    }

    private static void startSecond(Scene row) {
        if (second == null) {
            second = Replica.start(row.stack().layout(), "trainer", row.stack()::note);
        }
    }

    private static void assertEachOnceAndNobodyIdle(Timetable timetable, int models) {
        timetable.print();
        assertThat(timetable.turns()).hasSize(models).extracting(Turn::model).doesNotHaveDuplicates();
        assertThat(timetable.byWorker().keySet())
                .hasSize(2)
                .anyMatch(worker -> worker.endsWith("/" + second.process().pid()));
        assertThat(timetable.gaps()).allMatch(gap -> gap.wasted() < MOST_IDLE_MILLIS);
    }

    /** Asks for all, then waits for all. */
    private static void train(List<Scene> scenes) {
        List<Runnable> ends = new ArrayList<>();
        for (Scene scene : scenes) {
            String model = scene.ask();
            ends.add(() -> scene.trained(model));
        }
        ends.forEach(Runnable::run);
    }

    private static Timetable timetable(Scene row) {
        return Timetable.of(Evidence.of(row.stack(), row.name()), row.arns().replaceAll("/$", ""));
    }

    private static Scene prepared(Scene row, int seconds) {
        Scene scene = row.another("of-" + seconds);
        scene.prepare("slow-" + seconds);
        return scene;
    }

    /** What the other trainer began in the meantime. */
    private static List<Turn> besideTheLongOne(Timetable timetable) {
        Turn longOne = timetable.turns().stream()
                .filter(turn -> turn.model().contains("-of-" + LONG + "/"))
                .findFirst()
                .orElseThrow();
        return timetable.turns().stream()
                .filter(turn -> turn.started() > longOne.started() && turn.started() < longOne.ended())
                .filter(turn -> !turn.worker().equals(longOne.worker()))
                .toList();
    }
}
