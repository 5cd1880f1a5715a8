package io.vedette.standalone.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.common.event.Topic;
import io.vedette.standalone.faults.Evidence.Seen;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Reads Postgres, Kafka and S3 after a fault, and holds what one project left there to the twelve invariants. */
final class Auditor {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SECOND_LOOKS = Duration.ofSeconds(10);
    private static final Set<String> FINAL = Set.of("TRAINED", "TRAINING_FAILED");

    private final FaultStack stack;
    private final Witness witness;
    private final List<Breach> found = new ArrayList<>();
    private Evidence evidence;

    private Auditor(FaultStack stack, Witness witness) {
        this.stack = stack;
        this.witness = witness;
    }

    /**
     * Waits until the project has come to rest, and then tells all that is wrong with it. What committed only just, as the
     * calling off of a zombie, may still be on its way to Kafka: for rule 3 alone there is a second look.
     */
    static List<Breach> audit(FaultStack stack, Witness witness) {
        Rest rest = new Rest(stack, witness.project());
        await(PATIENCE, () -> rest.troubles().isEmpty());
        List<Breach> found = new ArrayList<>();
        await(SECOND_LOOKS, () -> {
            found.clear();
            found.addAll(look(stack, witness));
            return !found.stream().allMatch(breach -> breach.invariant() == 3) || found.isEmpty();
        });
        return List.copyOf(found);
    }

    private static void await(Duration atMost, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(200))
                    .until(condition);
        } catch (ConditionTimeoutException unrest) {
            // is told by the last look
        }
    }

    /** As {@link #audit}, at once. */
    static List<Breach> look(FaultStack stack, Witness witness) {
        Auditor auditor = new Auditor(stack, witness);
        auditor.evidence = Evidence.of(stack, witness.project());
        auditor.everyAnswerHasItsModel();
        auditor.everyCommittedEventIsOnKafka();
        auditor.everyModelTellsItsStory();
        auditor.evidence.models.forEach(auditor::model);
        auditor.found.addAll(LeaseAudit.of(auditor.evidence, stack));
        auditor.poison();
        auditor.datasets();
        new Rest(stack, witness.project()).troubles().forEach(trouble -> auditor.breach(12, trouble));
        return auditor.found.stream()
                .filter(breach -> !witness.excuses(breach.invariant()))
                .toList();
    }

    private void breach(int invariant, String what) {
        found.add(new Breach(invariant, what));
    }

    /** I1, I2. */
    private void everyAnswerHasItsModel() {
        witness.accepted().forEach((token, arns) -> {
            if (arns.size() > 1) {
                breach(2, "the token " + token + " has made " + arns);
            }
            for (String arn : arns) {
                long rows = evidence.models.stream()
                        .filter(model -> arn(model).equals(arn))
                        .count();
                boolean deleted = evidence.on(Topic.LIFECYCLE).stream()
                        .anyMatch(
                                event -> arn.equals(event.key()) && event.type().equals("ModelDeleted"));
                if (rows != 1 && !deleted) {
                    breach(1, arn + " was promised, and has " + rows + " rows");
                }
            }
        });
        if (evidence.models.size() > witness.asked().size()) {
            breach(2, witness.asked().size() + " tokens have made " + evidence.models.size() + " models");
        }
    }

    /** I3. */
    private void everyCommittedEventIsOnKafka() {
        Set<String> onKafka = evidence.records.stream().map(Seen::id).collect(Collectors.toSet());
        Set<String> committed = new HashSet<>();
        for (Map<String, Object> row : evidence.outbox) {
            String id = row.get("event_id").toString();
            committed.add(id);
            if (evidence.isOurs((String) row.get("topic"), (String) row.get("key"), (String) row.get("data"))
                    && !onKafka.contains(id)) {
                breach(3, "the event " + id + " of " + row.get("key") + " is not on Kafka");
            }
        }
        for (Topic topic : List.of(Topic.LIFECYCLE, Topic.TRAINING_REQUESTED, Topic.RUN_CONTROL)) {
            evidence.on(topic).stream()
                    .filter(event -> evidence.isOurs(event) && !committed.contains(event.id()))
                    .filter(event -> witness.poison().stream().noneMatch(it -> isAt(event, it)))
                    .forEach(event -> breach(3, "the event " + event.id() + " of " + event.key() + " never committed"));
        }
    }

    /** I4, I9. */
    private void everyModelTellsItsStory() {
        Map<String, String> status = new HashMap<>();
        Map<String, Set<String>> ends = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Seen event : evidence.on(Topic.LIFECYCLE)) {
            if (!evidence.isOurs(event.key()) || !event.key().contains(":model/") || !seen.add(event.id())) {
                continue; // another's, or the relay has sent it twice
            }
            JsonNode data = event.json();
            String before = data.path("previousStatus").asText("");
            String after = event.type().equals("ModelDeleted")
                    ? ""
                    : data.path("status").asText();
            String known = status.getOrDefault(event.key(), "");
            if (!event.type().equals("ModelDeleted") && !before.equals(known)) {
                breach(9, event.key() + " was " + known + ", and goes from " + before + " to " + after);
            }
            status.put(event.key(), after);
            if (before.equals("TRAINING")) {
                ends.computeIfAbsent(data.path("modelId").asText(), first -> new HashSet<>())
                        .add(event.id());
            }
        }
        ends.forEach((model, ids) -> {
            if (ids.size() > 1) {
                breach(4, "the model " + model + " has left TRAINING " + ids.size() + " times");
            }
        });
        evidence.models.stream()
                .filter(model -> FINAL.contains(model.get("status"))
                        && !ends.containsKey(model.get("model_id").toString()))
                .forEach(model -> breach(4, arn(model) + " is " + model.get("status") + ", and nobody was told"));
    }

    private void model(Map<String, Object> model) {
        if ("TRAINED".equals(model.get("status"))) {
            files(model);
        } else if ("TRAINING_FAILED".equals(model.get("status"))) {
            String why = Optional.ofNullable((String) model.get("status_detail"))
                    .orElse("")
                    .strip();
            if (why.length() < 10 || !why.endsWith(".")) {
                breach(6, arn(model) + " has failed, and says only: " + why);
            }
        } else if ("TRAINING".equals(model.get("status"))) {
            breach(1, arn(model) + " is still in " + model.get("phase"));
        }
    }

    /** I5. */
    private void files(Map<String, Object> model) {
        String key = (String) model.get("artifact");
        Optional<byte[]> table = evidence.object("vedette", key);
        if (table.isEmpty()) {
            breach(5, arn(model) + " is trained, and has no artifact");
        } else {
            check(model, "artifact_sha256", table.get(), key);
            for (JsonNode file : Evidence.json(table.get()).path("files")) {
                String name = key.substring(0, key.lastIndexOf('/') + 1)
                        + file.path("name").asText();
                Optional<byte[]> bytes = evidence.object("vedette", name);
                if (bytes.map(Auditor::sha256)
                        .filter(file.path("sha256").asText()::equals)
                        .isEmpty()) {
                    breach(5, name + " is not what the artifact says");
                }
            }
        }
        String bucket = (String) model.get("output_bucket");
        String end = "-" + evidence.project + "-" + model.get("version") + ".json";
        String manifest = model.get("output_prefix") + "EvaluationManifest" + end;
        evidence.object(bucket, manifest)
                .ifPresentOrElse(
                        bytes -> check(model, "manifest_sha256", bytes, manifest),
                        () -> breach(5, manifest + " is missing"));
        String result = model.get("output_prefix") + "EvaluationResult" + end;
        evidence.object(bucket, result)
                .ifPresentOrElse(
                        bytes -> {
                            check(model, "result_sha256", bytes, result);
                            double f1 = Evidence.json(bytes)
                                    .at("/AggregatedEvaluationResults/Metrics/F1Score")
                                    .asDouble(-1);
                            if (f1 != (double) model.get("f1_score")) {
                                breach(
                                        5,
                                        result + " has an F1 score of " + f1 + ", the row has "
                                                + model.get("f1_score"));
                            }
                        },
                        () -> breach(5, result + " is missing"));
    }

    private void check(Map<String, Object> model, String column, byte[] bytes, String name) {
        Object expected = model.get(column);
        if (expected != null && !expected.equals(sha256(bytes))) {
            breach(5, name + " is not what the row of " + arn(model) + " says");
        }
    }

    /** I10. */
    private void poison() {
        for (Witness.Poison poison : witness.poison()) {
            boolean buried = evidence.on(Topic.DEAD_LETTERS).stream().anyMatch(letter -> isAbout(letter, poison));
            if (!buried) {
                breach(10, poison + " is not among the dead letters with its reason");
            }
        }
        evidence.on(Topic.DEAD_LETTERS).stream()
                .filter(this::isOfAModel)
                .filter(letter -> witness.poison().stream().noneMatch(poison -> isAbout(letter, poison)))
                .forEach(letter -> breach(10, letter.headers() + " was set aside, and nobody had spoilt it"));
    }

    private boolean isOfAModel(Seen letter) {
        String said = letter.key() + letter.text();
        return said.contains(":model/" + evidence.project + "/");
    }

    private static boolean isAt(Seen event, Witness.Poison poison) {
        return event.topic().equals(poison.topic())
                && event.partition() == poison.partition()
                && event.offset() == poison.offset();
    }

    private static boolean isAbout(Seen letter, Witness.Poison poison) {
        Map<String, String> said = letter.headers();
        String place = poison.topic() + "/" + poison.partition() + "/" + poison.offset();
        return place.equals(said.get("vedette-topic") + "/" + said.get("vedette-partition") + "/"
                        + said.get("vedette-offset"))
                && !said.getOrDefault("vedette-reason", "").isBlank();
    }

    /** I11. */
    private void datasets() {
        for (Map<String, Object> dataset : evidence.datasets) {
            String name = evidence.project + "/" + dataset.get("type");
            if (!dataset.get("total").equals(((Long) dataset.get("entries")).intValue())) {
                breach(
                        11,
                        name + " says it has " + dataset.get("total") + " entries, and has " + dataset.get("entries"));
            }
            boolean settled = !dataset.get("status").toString().endsWith("IN_PROGRESS");
            if (settled && (Long) dataset.get("half_made") > 0) {
                breach(11, name + " has " + dataset.get("half_made") + " entries of an update that never was");
            }
            evidence.models.stream()
                    .filter(model -> model.get("project_id").equals(dataset.get("project_id"))
                            && !model.get("account").equals(dataset.get("account")))
                    .forEach(model -> breach(11, arn(model) + " is in another account's project"));
        }
    }

    private static String arn(Map<String, Object> model) {
        return "arn:aws:lookoutvision:" + model.get("region") + ":" + model.get("account") + ":model/"
                + model.get("project_name") + "/" + model.get("version");
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
