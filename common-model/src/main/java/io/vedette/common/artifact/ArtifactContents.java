package io.vedette.common.artifact;

import io.vedette.common.ModelArn;
import java.util.List;
import java.util.UUID;

/**
 * {@code artifact.json}: what a training run left, complete. Names are relative to the object's own prefix.
 *
 * @param schema 1
 * @param trainingImages how many labelled images were learned from
 * @param trainer the trainer's version
 */
public record ArtifactContents(
        int schema,
        UUID modelId,
        ModelArn modelArn,
        UUID runId,
        int attempt,
        int trainingImages,
        String trainer,
        List<File> files) {

    /**
     * @param size in bytes
     * @param sha256 hexadecimal
     */
    public record File(String name, long size, String sha256) {}
}
