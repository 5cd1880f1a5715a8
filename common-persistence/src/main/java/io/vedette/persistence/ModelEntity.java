package io.vedette.persistence;

import io.vedette.common.ModelArn;
import io.vedette.common.ModelStatus;
import io.vedette.common.ModelVersion;
import io.vedette.common.ProjectName;
import io.vedette.common.Scope;
import io.vedette.common.event.LifecycleEvent.Performance;
import io.vedette.persistence.Model.Artifact;
import io.vedette.persistence.Model.Evaluation;
import io.vedette.persistence.Model.Output;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A row of {@code model}; it leaves this package only as a {@link Model}. */
@Entity(name = "Model")
@Table(name = "model")
class ModelEntity {
    @Id
    @Column(name = "model_id")
    UUID modelId;

    String account;
    String region;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "project_name")
    String projectName;

    int version;

    @Column(name = "created_at")
    Instant createdAt;

    String description;

    @Column(name = "kms_key_id")
    String kmsKeyId;

    @Column(name = "output_bucket")
    String outputBucket;

    @Column(name = "output_prefix")
    String outputPrefix;

    @Enumerated(EnumType.STRING)
    ModelStatus status;

    @Column(name = "status_detail")
    String statusDetail;

    @Enumerated(EnumType.STRING)
    Phase phase;

    int attempt;

    @Column(name = "lost_attempts")
    int lostAttempts;

    @Column(name = "excused_attempts")
    int excusedAttempts;

    @Column(name = "dispatch_event")
    UUID dispatchEvent;

    @Column(name = "dispatch_partition")
    Integer dispatchPartition;

    @Column(name = "dispatch_offset")
    Long dispatchOffset;

    @Column(name = "training_run_id")
    UUID trainingRunId;

    String artifact;

    @Column(name = "artifact_sha256")
    String artifactSha256;

    @Column(name = "training_images")
    Integer trainingImages;

    @Column(name = "winner_run_id")
    UUID winnerRunId;

    @Column(name = "evaluation_ended_at")
    Instant evaluationEndedAt;

    @Column(name = "result_sha256")
    String resultSha256;

    @Column(name = "manifest_sha256")
    String manifestSha256;

    @Column(name = "f1_score")
    Double f1Score;

    @Column(name = "precision_")
    Double precision;

    Double recall;

    Model state() {
        return new Model(
                modelId,
                projectId,
                new ModelArn(new Scope(account, region), new ProjectName(projectName), new ModelVersion(version)),
                createdAt,
                Optional.ofNullable(description),
                Optional.ofNullable(kmsKeyId),
                new Output(outputBucket, outputPrefix),
                status,
                Optional.ofNullable(statusDetail),
                Optional.ofNullable(phase),
                attempt,
                lostAttempts,
                excusedAttempts,
                Optional.ofNullable(trainingRunId)
                        .map(run -> new Artifact(run, artifact, Optional.ofNullable(artifactSha256), trainingImages)),
                Optional.ofNullable(winnerRunId)
                        .map(run -> new Evaluation(
                                run,
                                evaluationEndedAt,
                                resultSha256,
                                manifestSha256,
                                new Performance(f1Score, precision, recall))));
    }
}
