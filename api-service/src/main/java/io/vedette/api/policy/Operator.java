package io.vedette.api.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** How a condition compares one value of the policy with one of the request. */
enum Operator {
    STRING_EQUALS("StringEquals", String::equals),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", String::equalsIgnoreCase),
    STRING_LIKE("StringLike", Glob::matches),
    ARN_EQUALS("ArnEquals", Glob::matchesArn),
    ARN_LIKE("ArnLike", Glob::matchesArn),
    BOOL("Bool", String::equalsIgnoreCase),
    IP_ADDRESS("IpAddress", AddressRange::contains),
    NUMERIC_EQUALS("NumericEquals", (policy, value) -> compare(value, policy) == 0),
    NUMERIC_LESS_THAN("NumericLessThan", (policy, value) -> compare(value, policy) < 0),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", (policy, value) -> compare(value, policy) <= 0),
    NUMERIC_GREATER_THAN("NumericGreaterThan", (policy, value) -> compare(value, policy) > 0),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", (policy, value) -> compare(value, policy) >= 0),
    DATE_EQUALS("DateEquals", (policy, value) -> time(value).equals(time(policy))),
    DATE_LESS_THAN("DateLessThan", (policy, value) -> time(value).isBefore(time(policy))),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", (policy, value) -> !time(value).isAfter(time(policy))),
    DATE_GREATER_THAN("DateGreaterThan", (policy, value) -> time(value).isAfter(time(policy))),
    DATE_GREATER_THAN_EQUALS(
            "DateGreaterThanEquals", (policy, value) -> !time(value).isBefore(time(policy)));

    private static final Pattern NEGATED =
            Pattern.compile("(?:String|Arn)Not(?:Equals|EqualsIgnoreCase|Like)|(?:Numeric|Date)NotEquals|NotIpAddress");

    private final String documentName;
    private final BiPredicate<String, String> comparison;

    Operator(String documentName, BiPredicate<String, String> comparison) {
        this.documentName = documentName;
        this.comparison = comparison;
    }

    /** An operator as a document has it: {@code StringNotLike} is {@code StringLike}, negated. */
    record Named(Operator operator, boolean negated) {}

    static Optional<Named> named(String text) {
        boolean negated = NEGATED.matcher(text).matches();
        return find(negated ? text.replaceFirst("Not", "") : text).map(found -> new Named(found, negated));
    }

    private static Optional<Operator> find(String text) {
        return Arrays.stream(values())
                .filter(each -> each.documentName.equals(text))
                .findFirst();
    }

    /** False too where the request's value is not of the operator's kind. */
    boolean holds(String policyValue, String requestValue) {
        try {
            return comparison.test(policyValue, requestValue);
        } catch (IllegalArgumentException | DateTimeException notOfThisKind) {
            return false;
        }
    }

    /** @throws BadPolicy if a policy's value can never be compared */
    void check(String policyValue) {
        try {
            if (documentName.startsWith("Numeric")) {
                new BigDecimal(policyValue);
            } else if (documentName.startsWith("Date")) {
                time(policyValue);
            } else if (this == IP_ADDRESS) {
                AddressRange.check(policyValue);
            } else if (this == BOOL && !policyValue.toLowerCase(Locale.ROOT).matches("true|false")) {
                throw new IllegalArgumentException(policyValue);
            }
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new BadPolicy("The condition operator " + documentName + " cannot compare \"" + policyValue + "\".");
        }
    }

    private static int compare(String one, String other) {
        return new BigDecimal(one).compareTo(new BigDecimal(other));
    }

    /** ISO 8601, or epoch seconds. */
    private static Instant time(String text) {
        return text.matches("[0-9]+")
                ? Instant.ofEpochSecond(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
    }
}
