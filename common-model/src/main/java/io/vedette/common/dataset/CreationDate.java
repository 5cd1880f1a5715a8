package io.vedette.common.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** The dates that labelling tools write: ISO 8601 with or without a zone, and what JavaScript prints. */
final class CreationDate {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);
    /** {@code Mon Aug 22 2022 13:52:52 GMT-0700}; the name of the zone in brackets is cut off before. */
    private static final DateTimeFormatter JAVASCRIPT =
            DateTimeFormatter.ofPattern("EEE MMM d yyyy HH:mm:ss 'GMT'xx", Locale.ENGLISH);

    private CreationDate() {}

    /** The moment that {@code text} names, UTC where it names no zone; empty if it cannot be read. */
    static Optional<Instant> parse(String text) {
        String date = text.replaceFirst("\\s*\\(.*\\)\\s*$", "").strip();
        return iso(date).or(() -> javascript(date)).filter(CreationDate::isPlausible);
    }

    private static Optional<Instant> iso(String text) {
        try {
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            TemporalAccessor time = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> javascript(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, JAVASCRIPT).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** False for years that no label has and that databases cannot store. */
    private static boolean isPlausible(Instant date) {
        int year = date.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= 9999;
    }
}
