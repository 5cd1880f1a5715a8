package io.vedette.api.aws;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.vedette.runtime.ObjectStoreException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives every failure the name that the caller is told. */
final class Failures {
    private static final String OURS = "The service failed. Try again later.";
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Connection lost, transaction rolled back, out of resources, operator's intervention. */
    private static final Set<String> PASSING_SQL_STATES = Set.of("08", "40", "53", "57");

    private Failures() {}

    static ServiceException named(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .limit(20)
                .toList();
        return first(causes, ServiceException.class)
                .or(() -> first(causes, JsonProcessingException.class).map(Failures::ofJson))
                .or(() -> first(causes, CharConversionException.class).map(garbled -> notJson()))
                .or(() -> first(causes, WebApplicationException.class).map(Failures::ofHttp))
                .orElseGet(() -> causes.stream().anyMatch(Failures::passes)
                        ? AwsError.INTERNAL.because(OURS).retryAfter(SOON)
                        : AwsError.INTERNAL.because(OURS));
    }

    /** What the router and the server found wrong, by its status. */
    static ServiceException ofStatus(int status) {
        return switch (status) {
            case 404, 405 -> AwsError.UNKNOWN_OPERATION.because("There is no such operation.");
            case 413 -> AwsError.VALIDATION.because("The request body is too large.");
            case 415 -> AwsError.VALIDATION.because("The content type of the request body is not application/json.");
            default ->
                status >= 400 && status < 500
                        ? AwsError.VALIDATION.because("The request is malformed.")
                        : AwsError.INTERNAL.because(OURS);
        };
    }

    private static ServiceException ofHttp(WebApplicationException refusal) {
        boolean unknown = refusal instanceof NotFoundException || refusal instanceof NotAllowedException;
        if (unknown && refusal.getCause() instanceof IllegalArgumentException) {
            // JAX-RS tells a parameter that cannot be converted as a resource that is not there.
            return AwsError.VALIDATION.because("A parameter of the request is malformed.");
        }
        return ofStatus(refusal.getResponse().getStatus());
    }

    private static ServiceException ofJson(JsonProcessingException trouble) {
        if (trouble instanceof InvalidDefinitionException || trouble instanceof JsonGenerationException) {
            return AwsError.INTERNAL.because(OURS);
        }
        if (trouble instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return AwsError.VALIDATION.because(ofMember(mapping));
        }
        if (trouble instanceof MismatchedInputException) {
            return AwsError.VALIDATION.because("The request body must be a JSON object.");
        }
        return notJson();
    }

    private static ServiceException notJson() {
        return AwsError.VALIDATION.because("The request body is not valid JSON.");
    }

    private static String ofMember(JsonMappingException trouble) {
        String member = member(trouble.getPath());
        if (trouble instanceof ValueInstantiationException && trouble.getCause() instanceof IllegalArgumentException) {
            return member + ": " + trouble.getCause().getMessage() + ".";
        }
        return trouble instanceof MismatchedInputException mismatch
                ? member + " is malformed" + expected(mismatch.getTargetType()) + "."
                : "The request body is not valid JSON, at " + member + ".";
    }

    /** Such as {@code Tags[2].Key}. */
    private static String member(List<JsonMappingException.Reference> path) {
        StringBuilder member = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                member.append('[').append(step.getIndex()).append(']');
            } else {
                member.append(member.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return member.toString();
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return ": a string is expected";
        }
        if (type == byte[].class) {
            return ": base64 is expected";
        }
        if (type == Boolean.class || type == boolean.class) {
            return ": true or false is expected";
        }
        if (type == null) {
            return "";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? ": a number is expected" : "";
    }

    private static boolean passes(Throwable cause) {
        return cause instanceof ObjectStoreException.Unavailable
                || cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLException sql && passes(sql.getSQLState());
    }

    // The connection pool's own exceptions have no state: it has waited in vain.
    private static boolean passes(String sqlState) {
        return sqlState == null || sqlState.length() == 5 && PASSING_SQL_STATES.contains(sqlState.substring(0, 2));
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
