package io.vedette.api.tracking;

import java.time.Duration;

/** Times in messages for people, in the largest unit that leaves no rest: 90 s, 5 minutes, 2 hours. */
final class SpokenTime {
    private SpokenTime() {}

    static String of(Duration time) {
        if (time.toMillisPart() != 0) {
            return time.toMillis() + " ms";
        }
        if (time.toSecondsPart() != 0 || time.isZero()) {
            return time.toSeconds() + " s";
        }
        return time.toMinutesPart() != 0 ? count(time.toMinutes(), "minute") : count(time.toHours(), "hour");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
