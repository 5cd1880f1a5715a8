package io.vedette.standalone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Predicate;
import org.junit.jupiter.api.parallel.Isolated;

/** The api's clock is ten minutes ahead, the trainer's ten behind, and Kafka's and Postgres's are right. */
@FaultTest(stack = FaultStack.Kind.WRONG_CLOCKS)
@Isolated
class WrongClocksTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @Fault(34)
    void leasesRunByTheBrokersTimeAlone(Scene row) throws IOException {
        // Given
        row.prepare("slow-16");
        Scene dying = row.another("dying");
        dying.prepare("once-stall");
        dying.witness().excuse(8); // it is told from the history, which the api dates
        // When: one training lives for twice the lease, and another one's worker dies
        row.fault();
        row.fault();
        String alive = row.ask();
        row.trained(alive);
        String dead = dying.ask();
        dying.awaitMessage(dead, "rehearsing");
        dying.kill("trainer");
        dying.trained(dead);
        // Then
        assertThat(row.runs("TRAINING")).as("trainings of the living one").isEqualTo(1);
        assertThat(dying.runs("TRAINING")).as("trainings of the dead one").isEqualTo(2);
        assertThat(row.database().number("select count(*) from run where lost_at is not null"))
                .as("runs that were lost")
                .isEqualTo(1);
        assertThat(off(row, Topic.TRAINING_REQUESTED, event -> true)).isCloseTo(WrongClocks.OFF, SOON);
        assertThat(off(row, Topic.RUN_EVENTS, WrongClocksTest::isTraining)).isCloseTo(WrongClocks.OFF.negated(), SOON);
        assertThat(ClockFaultsTest.status(row, WrongClocks.OFF.plusMinutes(14))).isEqualTo(200);
        assertThat(ClockFaultsTest.status(row, WrongClocks.OFF.plusMinutes(16))).isEqualTo(403);
        assertThat(ClockFaultsTest.status(row, WrongClocks.OFF.minusMinutes(16)))
                .isEqualTo(403);
    }

    private static boolean isTraining(Seen event) {
        return event.json().at("/run/kind").asText().equals("TRAINING");
    }

    /** How far the clock of who sent the row's first such event is ahead of the broker's. */
    private static Duration off(Scene row, Topic topic, Predicate<Seen> which) {
        Seen event = Evidence.of(row.stack(), row.name()).on(topic).stream()
                .filter(each -> (row.arns() + "1").equals(each.key()))
                .filter(which)
                .findFirst()
                .orElseThrow();
        Instant said = OffsetDateTime.parse(event.headers().get("ce_time")).toInstant();
        return Duration.between(Instant.ofEpochMilli(event.at()), said);
    }
}
