package io.vedette.standalone.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the service was asked for in one project, and what it has promised: to be held against what there is at the end. */
final class Witness {
    private final String project;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, Set<String>> accepted = new LinkedHashMap<>();
    private final List<Poison> poison = new ArrayList<>();
    private final Set<Integer> excused = new LinkedHashSet<>();

    /** A record that nobody can read. */
    record Poison(String topic, int partition, long offset) {}

    Witness(String project) {
        this.project = project;
    }

    String project() {
        return project;
    }

    /** CreateModel was called with this token. */
    synchronized void asks(String token) {
        asked.add(token);
    }

    /** CreateModel was answered: there is this model. */
    synchronized void accepted(String token, String arn) {
        accepted.computeIfAbsent(token, first -> new LinkedHashSet<>()).add(arn);
    }

    synchronized void poisoned(Poison record) {
        poison.add(record);
    }

    /** This invariant does not hold in this row, by design. */
    synchronized void excuse(int invariant) {
        excused.add(invariant);
    }

    synchronized Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** The models by token. */
    synchronized Map<String, Set<String>> accepted() {
        return new LinkedHashMap<>(accepted);
    }

    synchronized List<Poison> poison() {
        return List.copyOf(poison);
    }

    synchronized boolean excuses(int invariant) {
        return excused.contains(invariant);
    }
}
