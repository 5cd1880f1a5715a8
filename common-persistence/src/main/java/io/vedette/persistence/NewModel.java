package io.vedette.persistence;

import io.vedette.common.ModelArn;
import io.vedette.persistence.Model.Output;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A model that a caller has just asked for.
 *
 * @param description null if the caller gave none
 * @param kmsKeyId null if the caller gave none
 */
public record NewModel(
        UUID modelId,
        UUID projectId,
        ModelArn arn,
        Instant createdAt,
        String description,
        String kmsKeyId,
        Output output,
        List<Tag> tags) {

    public record Tag(String key, String value) {}
}
