package io.vedette.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.api.policy.Statement.Patterns;
import io.vedette.api.policy.Statement.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads policy documents. What it does not know it refuses: a policy must never be weaker than it looks. */
final class PolicyReader {
    private static final Set<String> POLICY_MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Set<String> STATEMENT_MEMBERS =
            Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

    private PolicyReader() {}

    static List<Statement> read(JsonNode document) {
        checkMembers(document, POLICY_MEMBERS, "A policy");
        String version = document.path("Version").asText("2012-10-17");
        if (!VERSIONS.contains(version)) {
            throw new BadPolicy("Version must be 2012-10-17.");
        }
        JsonNode statements = document.path("Statement");
        if (!statements.isArray() && !statements.isObject() || statements.isEmpty()) {
            throw new BadPolicy("A policy needs at least one Statement.");
        }
        return statements.isObject()
                ? List.of(statement(statements))
                : StreamSupport.stream(statements.spliterator(), false)
                        .map(PolicyReader::statement)
                        .toList();
    }

    private static Statement statement(JsonNode node) {
        checkMembers(node, STATEMENT_MEMBERS, "A Statement");
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new BadPolicy("Effect must be Allow or Deny.");
        }
        List<Condition> conditions = new ArrayList<>();
        List<Presence> presences = new ArrayList<>();
        readConditions(node, conditions, presences);
        Patterns actions = patterns(node, "Action", "[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+|\\*");
        Patterns resources = patterns(node, "Resource", "arn:.*|\\*");
        return new Statement(
                effect.equals("Allow"), actions, resources, List.copyOf(conditions), List.copyOf(presences));
    }

    private static Patterns patterns(JsonNode statement, String member, String shape) {
        boolean negated = statement.has("Not" + member);
        if (negated == statement.has(member)) {
            throw new BadPolicy("A Statement needs either " + member + " or Not" + member + ".");
        }
        List<String> patterns = texts(statement.get(negated ? "Not" + member : member), member);
        for (String pattern : patterns) {
            if (!pattern.matches(shape)) {
                throw new BadPolicy("\"" + pattern + "\" cannot be a " + member + " of a policy.");
            }
        }
        return new Patterns(patterns, negated);
    }

    private static void readConditions(JsonNode statement, List<Condition> conditions, List<Presence> presences) {
        JsonNode condition = statement.path("Condition");
        if (condition.isMissingNode()) {
            return;
        }
        checkObject(condition, "Condition");
        for (Map.Entry<String, JsonNode> operator : condition.properties()) {
            checkObject(operator.getValue(), operator.getKey());
            operator.getValue().properties().forEach(line -> {
                List<String> values = texts(line.getValue(), line.getKey());
                if (operator.getKey().equals("Null")) {
                    presences.add(presence(line.getKey(), values));
                } else {
                    conditions.add(Condition.parse(operator.getKey(), line.getKey(), values));
                }
            });
        }
    }

    private static Presence presence(String key, List<String> values) {
        if (values.size() != 1 || !values.get(0).matches("true|false")) {
            throw new BadPolicy("The condition operator Null takes true or false.");
        }
        return new Presence(key.toLowerCase(Locale.ROOT), values.get(0).equals("true"));
    }

    /** One text or a list of them; numbers and truth values, as conditions have them, are taken as texts. */
    private static List<String> texts(JsonNode node, String member) {
        List<JsonNode> nodes =
                node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of(node);
        if (nodes.isEmpty() || !nodes.stream().allMatch(JsonNode::isValueNode)) {
            throw new BadPolicy(member + " must be a text or a list of texts.");
        }
        List<String> texts = nodes.stream().map(JsonNode::asText).toList();
        if (texts.stream().anyMatch(text -> text.contains("${"))) {
            throw new BadPolicy("Policy variables such as ${aws:username} are not supported.");
        }
        return texts;
    }

    private static void checkMembers(JsonNode node, Set<String> known, String what) {
        checkObject(node, what);
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new BadPolicy(what + " cannot have the member " + name + ".");
            }
        });
    }

    private static void checkObject(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new BadPolicy(what + " must be a JSON object.");
        }
    }
}
