package io.vedette.api.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** One statement of a policy: whether it speaks of a question, and what it says. */
record Statement(
        boolean allows, Patterns actions, Patterns resources, List<Condition> conditions, List<Presence> presences) {
    /** @param negated of NotAction and NotResource: all but these */
    record Patterns(List<String> patterns, boolean negated) {
        boolean match(Predicate<String> test) {
            return patterns.stream().anyMatch(test) != negated;
        }
    }

    /** The condition operator {@code Null}. */
    record Presence(String key, boolean absent) {
        boolean holds(Question question) {
            return question.context().apply(key).isEmpty() == absent;
        }
    }

    boolean speaksOf(Question question) {
        String action = question.action().toLowerCase(Locale.ROOT);
        return actions.match(pattern -> Glob.matches(pattern.toLowerCase(Locale.ROOT), action))
                && resources.match(pattern -> Glob.matchesArn(pattern, question.resource()))
                && conditions.stream().allMatch(condition -> condition.holds(question))
                && presences.stream().allMatch(presence -> presence.holds(question));
    }
}
