package io.vedette.api.batch;

import io.vedette.common.BatchStatus;
import io.vedette.common.S3Uri;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** A row of {@code batch_detection}; it leaves this package only as a {@link Batch}. */
@Entity(name = "BatchDetection")
@Table(name = "batch_detection")
class BatchEntity {
    @Id
    @Column(name = "batch_id")
    UUID batchId;

    @Generated
    @Column(insertable = false, updatable = false)
    Long seq;

    @Column(name = "model_id")
    UUID modelId;

    @Enumerated(EnumType.STRING)
    BatchStatus status;

    String detail;
    String input;
    Double threshold;

    @Column(name = "part_images")
    int partImages;

    String results;
    String summary;
    long total;
    long done;
    long failed;

    @Column(name = "asked_at")
    Instant askedAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    int attempt;

    @Column(name = "lost_attempts")
    int lostAttempts;

    @Column(name = "excused_attempts")
    int excusedAttempts;

    @Column(name = "dispatch_event")
    UUID dispatchEvent;

    @Column(name = "run_id")
    UUID runId;

    String worker;

    @Column(name = "last_heard")
    Long lastHeard;

    @Column(name = "run_done")
    Long runDone;

    Long progressed;
    boolean cleared;

    Batch state() {
        return new Batch(
                batchId,
                seq,
                modelId,
                status,
                Optional.ofNullable(detail),
                input,
                Optional.ofNullable(threshold),
                partImages,
                S3Uri.parse(results),
                S3Uri.parse(summary),
                total,
                done,
                failed,
                askedAt,
                Optional.ofNullable(startedAt),
                Optional.ofNullable(endedAt),
                attempt,
                lostAttempts,
                excusedAttempts,
                Optional.ofNullable(runId),
                Optional.ofNullable(worker));
    }
}
