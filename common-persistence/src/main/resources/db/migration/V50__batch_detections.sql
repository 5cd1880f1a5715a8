-- Batch detections of a model, while they go on and afterwards. What it needs to go on lies in S3 below the model's prefix.
create table batch_detection (
    batch_id      uuid primary key,
    -- The order in which they are listed.
    seq           bigint generated always as identity unique,
    model_id      uuid        not null references model on delete cascade,
    status        text        not null check (status in ('QUEUED', 'IN_PROGRESS', 'COMPLETE', 'FAILED', 'STOPPED')),
    -- Why it failed, for the caller; null unless it has.
    detail        text,
    input         text        not null,
    -- The one that counts for all of its images; null for the threshold that the model learned.
    threshold     double precision,
    part_images   integer     not null check (part_images >= 1),
    results       text        not null,
    summary       text        not null,
    total         bigint      not null,
    done          bigint      not null default 0,
    failed        bigint      not null default 0,
    asked_at      timestamptz not null,
    started_at    timestamptz,
    ended_at      timestamptz,
    -- The attempt that is wanted; a run of an older one is superseded.
    attempt       integer     not null default 1,
    -- Since the last image that no attempt had reached before.
    lost_attempts integer     not null default 0,
    -- The run that works at it; null while it waits for one.
    run_id        uuid,
    worker        text,
    -- On the lease clock, in milliseconds (lease_clock.elapsed).
    last_heard    bigint,
    -- Whether what was kept for the next attempt is gone.
    cleared       boolean     not null default false
);
create index batch_detection_of_model on batch_detection (model_id, seq);
create index batch_detection_running on batch_detection (last_heard) where run_id is not null;
create index batch_detection_to_clear on batch_detection (ended_at) where not cleared;
