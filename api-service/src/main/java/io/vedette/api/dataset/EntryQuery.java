package io.vedette.api.dataset;

import io.vedette.api.aws.AwsError;
import io.vedette.api.aws.Shape;
import io.vedette.common.dataset.Label;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/** The filters of ListDatasetEntries as they come (specification §4.2). */
class EntryQuery {
    @QueryParam("labeled")
    String labeled;

    @QueryParam("anomalyClass")
    String anomalyClass;

    @QueryParam("createdBefore")
    String createdBefore;

    @QueryParam("createdAfter")
    String createdAfter;

    @QueryParam("sourceRefContains")
    String sourceRefContains;

    /** @throws io.vedette.api.aws.ServiceException VALIDATION naming the parameter that is none */
    EntryFilter filter() {
        return new EntryFilter(
                Optional.ofNullable(labeled).map(EntryQuery::trueOrFalse),
                Optional.ofNullable(anomalyClass).map(EntryQuery::className),
                Optional.ofNullable(createdBefore).map(text -> time(text, "createdBefore")),
                Optional.ofNullable(createdAfter).map(text -> time(text, "createdAfter")),
                Optional.ofNullable(Shape.QUERY.optional(sourceRefContains, "sourceRefContains")));
    }

    private static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw AwsError.VALIDATION.because("labeled must be true or false.");
        };
    }

    private static String className(String text) {
        if (Arrays.stream(Label.values()).noneMatch(label -> label.className().equals(text))) {
            throw AwsError.VALIDATION.because("anomalyClass must be normal or anomaly.");
        }
        return text;
    }

    private static Instant time(String text, String parameter) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw AwsError.VALIDATION.because(
                    parameter + " must be a time in ISO 8601 with a zone, such as 2020-06-23T00:00:00Z.");
        }
    }
}
