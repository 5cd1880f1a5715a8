package io.vedette.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vedette.common.event.Topic;
import io.vedette.standalone.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What Postgres, Kafka and S3 hold of one project. Rows are maps by the columns' names. */
final class Evidence {
    private static final ObjectMapper JSON = new ObjectMapper();

    final String project;
    final List<Map<String, Object>> models;
    final List<Map<String, Object>> runs;
    final List<Map<String, Object>> history;
    final List<Map<String, Object>> outbox;
    final List<Map<String, Object>> datasets;
    /** Of all projects, in the order of their partitions. */
    final List<Seen> records;

    private final Set<String> modelIds;
    private final S3Client s3;

    /** A record on a topic. */
    record Seen(
            String topic, int partition, long offset, long at, String key, Map<String, String> headers, byte[] data) {
        String id() {
            return headers.getOrDefault("ce_id", "");
        }

        /** Without the package. */
        String type() {
            String type = headers.getOrDefault("ce_type", "");
            return type.substring(type.lastIndexOf('.') + 1);
        }

        String text() {
            return data == null ? "" : new String(data, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return data == null ? JSON.nullNode() : JSON.readTree(text());
            } catch (JsonProcessingException poison) {
                return JSON.nullNode();
            }
        }
    }

    private Evidence(FaultStack stack, String project) {
        Database database = new Database(stack.layout());
        this.project = project;
        this.s3 = stack.clients().s3();
        // Kafka first: what is on it must have been in Postgres before.
        records = stack.tap().all();
        models = database.rows("select * from model where project_name = ? order by version", project);
        runs = database.rows(
                "select run.* from run join model using (model_id) where project_name = ? order by started_at",
                project);
        history = database.rows(
                "select h.* from model_history h join model using (model_id) where project_name = ? order by seq",
                project);
        outbox = database.rows("select * from outbox order by id");
        datasets = database.rows("""
                select d.*, p.account, p.region,
                    (select count(*) from dataset_import i where i.dataset_id = d.dataset_id) as imports,
                    (select count(*) from dataset_entry e where e.dataset_id = d.dataset_id and e.added <= d.revision
                        and (e.removed is null or e.removed > d.revision)) as entries,
                    (select count(*) from dataset_entry e where e.dataset_id = d.dataset_id and e.added > d.revision)
                        as half_made
                from dataset d join project p using (project_id) where p.name = ?
                """, project);
        modelIds = on(Topic.LIFECYCLE).stream()
                .filter(event -> isOurs(event.key()) && event.key().contains(":model/"))
                .map(event -> event.json().path("modelId").asText())
                .collect(Collectors.toSet());
        models.forEach(model -> modelIds.add(model.get("model_id").toString()));
    }

    static Evidence of(FaultStack stack, String project) {
        return new Evidence(stack, project);
    }

    /** Whether this is the key of the project, or of something in it. */
    boolean isOurs(String key) {
        return key != null && (key.endsWith(":project/" + project) || key.contains("/" + project + "/"));
    }

    /** Whether an event is about the project, or a model that it has or had: what calls a run off has the run as its key. */
    boolean isOurs(String topic, String key, String data) {
        return topic.equals(Topic.RUN_CONTROL.suffix()) ? modelIds.stream().anyMatch(data::contains) : isOurs(key);
    }

    boolean isOurs(Seen event) {
        return isOurs(event.topic(), event.key(), event.text());
    }

    List<Seen> on(Topic topic) {
        return records.stream().filter(it -> it.topic().equals(topic.suffix())).toList();
    }

    /** Empty if there is no such object. */
    Optional<byte[]> object(String bucket, String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asByteArray());
        } catch (NoSuchKeyException missing) {
            return Optional.empty();
        }
    }

    static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException malformed) {
            return JSON.nullNode();
        }
    }
}
