package io.vedette.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** An access policy in IAM's JSON: Effect, Action, Resource and Condition of each statement. */
public final class Policy {
    private final List<Statement> statements;

    Policy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /** @throws BadPolicy if the document is none, or asks for what is not supported */
    public static Policy parse(JsonNode document) {
        return new Policy(PolicyReader.read(document));
    }

    /** What they say together. An explicit deny wins, and what no policy allows is not allowed. */
    public static Decision decide(Collection<Policy> policies, Question question) {
        if (speak(policies, false, question)) {
            return Decision.DENIED;
        }
        return speak(policies, true, question) ? Decision.ALLOWED : Decision.NOT_ALLOWED;
    }

    private static boolean speak(Collection<Policy> policies, boolean allows, Question question) {
        return policies.stream()
                .flatMap(Policy::all)
                .anyMatch(statement -> statement.allows() == allows && statement.speaksOf(question));
    }

    private Stream<Statement> all() {
        return statements.stream();
    }
}
