package io.vedette.standalone.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lookoutvision.LookoutVisionClient;
import software.amazon.awssdk.services.lookoutvision.model.DatasetDescription;
import software.amazon.awssdk.services.lookoutvision.model.DatasetStatus;
import software.amazon.awssdk.services.lookoutvision.model.ResourceNotFoundException;

/** A project's data sets, made or brought up to date. */
final class Datasets {
    private static final int CHUNK_BYTES = 10 << 20; // specification §5.6
    private static final long POLL_MILLIS = 250;
    private final LookoutVisionClient vision;
    private final String project;
    private final Consumer<String> out;

    Datasets(LookoutVisionClient vision, String project, Consumer<String> out) {
        this.vision = vision;
        this.project = project;
        this.out = out;
    }

    /** Makes the data set from a manifest on S3, or brings an existing one to the same lines. Says which in one line. */
    void bringTo(String type, List<ObjectNode> lines, String bucket, String manifestKey) {
        if (exists(type)) {
            settled(type);
            update(type, lines);
            return;
        }
        vision.createDataset(request -> request.projectName(project)
                .datasetType(type)
                .datasetSource(source -> source.groundTruthManifest(manifest ->
                        manifest.s3Object(object -> object.bucket(bucket).key(manifestKey)))));
        DatasetDescription made = settled(type);
        out.accept("Data set " + type + ": created with " + made.imageStats().normal() + " normal and "
                + made.imageStats().anomaly() + " anomalous images.");
    }

    boolean exists(String type) {
        try {
            describe(type);
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private void update(String type, List<ObjectNode> lines) {
        Set<String> known = new HashSet<>();
        vision.listDatasetEntriesPaginator(
                        request -> request.projectName(project).datasetType(type))
                .datasetEntries()
                .forEach(line -> known.add(Manifest.essence(Manifest.parse(line))));
        List<ObjectNode> changed = lines.stream()
                .filter(line -> !known.contains(Manifest.essence(line)))
                .toList();
        int gone = gone(known, lines);
        String kept = gone == 0 ? "" : " (" + gone + " images in it are not in the folder; they stay)";
        if (changed.isEmpty()) {
            out.accept("Data set " + type + ": reused as it is, " + known.size() + " images" + kept + ".");
            return;
        }
        sendInChunks(type, changed);
        out.accept("Data set " + type + ": updated, " + changed.size() + " lines added or replaced" + kept + ".");
    }

    private static int gone(Set<String> known, List<ObjectNode> lines) {
        Set<String> wanted = new HashSet<>();
        lines.forEach(line -> wanted.add(line.get("source-ref").asText()));
        return (int) known.stream()
                .filter(essence -> wanted.stream().noneMatch(ref -> essence.startsWith(ref + " ")))
                .count();
    }

    private void sendInChunks(String type, List<ObjectNode> lines) {
        StringBuilder chunk = new StringBuilder();
        int bytes = 0;
        for (JsonNode line : lines) {
            String text = line + "\n";
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > CHUNK_BYTES) {
                send(type, chunk.toString());
                chunk.setLength(0);
                bytes = 0;
            }
            chunk.append(text);
            bytes += size;
        }
        send(type, chunk.toString());
    }

    private void send(String type, String changes) {
        vision.updateDatasetEntries(
                request -> request.projectName(project).datasetType(type).changes(SdkBytes.fromUtf8String(changes)));
        DatasetDescription after = settled(type);
        if (after.status() != DatasetStatus.UPDATE_COMPLETE) {
            throw new TrainingFailure("The " + type + " data set was not updated: " + after.statusMessage());
        }
    }

    private DatasetDescription settled(String type) {
        while (true) {
            DatasetDescription now = describe(type);
            if (now.status() == DatasetStatus.CREATE_FAILED) {
                throw new TrainingFailure("The " + type + " data set of project " + project + " is unusable: "
                        + now.statusMessage() + " Use another --project.");
            }
            if (!now.statusAsString().endsWith("IN_PROGRESS")) {
                return now;
            }
            Pause.of(POLL_MILLIS);
        }
    }

    private DatasetDescription describe(String type) {
        return vision.describeDataset(request -> request.projectName(project).datasetType(type))
                .datasetDescription();
    }
}
