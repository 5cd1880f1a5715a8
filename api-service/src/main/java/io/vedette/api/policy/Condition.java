package io.vedette.api.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a statement's Condition: one operator, one key, the values of which any may match.
 *
 * @param key in lower case
 */
record Condition(Operator.Named operator, Quantifier quantifier, boolean ifExists, String key, List<String> values) {
    private static final String IF_EXISTS = "IfExists";

    /** How many of a request's values have to match. */
    enum Quantifier {
        /** Nothing said: any for an operator, all for a negated one. */
        NONE,
        ANY_VALUE,
        ALL_VALUES
    }

    /** @throws BadPolicy if there is no such operator, or it cannot compare these values */
    static Condition parse(String operator, String key, List<String> values) {
        Quantifier quantifier = Quantifier.NONE;
        String name = operator;
        if (name.startsWith("ForAnyValue:")) {
            quantifier = Quantifier.ANY_VALUE;
        } else if (name.startsWith("ForAllValues:")) {
            quantifier = Quantifier.ALL_VALUES;
        }
        name = name.substring(name.indexOf(':') + 1);
        boolean ifExists = name.endsWith(IF_EXISTS);
        name = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
        Operator.Named found = Operator.named(name)
                .orElseThrow(() -> new BadPolicy("There is no condition operator " + operator + "."));
        values.forEach(found.operator()::check);
        return new Condition(found, quantifier, ifExists, key.toLowerCase(Locale.ROOT), List.copyOf(values));
    }

    boolean holds(Question question) {
        Optional<List<String>> present = question.context().apply(key).filter(values -> !values.isEmpty());
        if (present.isEmpty()) {
            boolean negated = operator.negated() && quantifier != Quantifier.ANY_VALUE;
            return ifExists || negated || quantifier == Quantifier.ALL_VALUES;
        }
        boolean all = quantifier == Quantifier.ALL_VALUES || quantifier == Quantifier.NONE && operator.negated();
        return all
                ? present.get().stream().allMatch(this::matches)
                : present.get().stream().anyMatch(this::matches);
    }

    private boolean matches(String requestValue) {
        boolean any = values.stream().anyMatch(value -> operator.operator().holds(value, requestValue));
        return any != operator.negated();
    }
}
