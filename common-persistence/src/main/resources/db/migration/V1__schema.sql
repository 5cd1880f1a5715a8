-- Every table carries account and region, or hangs on a row that does; every query is scoped by them.

create table access_key (
    access_key_id text primary key,
    account       text        not null,
    secret        text        not null,
    created_at    timestamptz not null default now()
);

create table project (
    project_id         uuid primary key,
    account            text        not null,
    region             text        not null,
    name               text        not null,
    created_at         timestamptz not null,
    -- Numbers are never reused within a project, so the counter outlives its models.
    last_model_version integer     not null default 0,
    unique (account, region, name)
);

create table dataset (
    dataset_id     uuid primary key,
    project_id     uuid        not null references project,
    type           text        not null,
    status         text        not null,
    status_message text        not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    -- The revision that readers see. An import writes the next one and flips this last.
    revision       bigint      not null default 0,
    -- The one bucket of all its images; null while it has none.
    bucket         text,
    total          integer     not null default 0,
    normal         integer     not null default 0,
    anomaly        integer     not null default 0,
    unique (project_id, type)
);

-- An entry is visible at revision r where added <= r and (removed is null or removed > r).
create table dataset_entry (
    dataset_id    uuid   not null references dataset on delete cascade,
    seq           bigint not null,
    added         bigint not null,
    removed       bigint,
    source_ref    text   not null,
    label         text,
    creation_date timestamptz,
    line          text   not null,
    primary key (dataset_id, seq, added)
);
create index dataset_entry_by_source on dataset_entry (dataset_id, md5(source_ref));

create table dataset_import (
    import_id     bigint generated always as identity primary key,
    dataset_id    uuid        not null references dataset on delete cascade,
    kind          text        not null,
    bucket        text        not null,
    key           text        not null,
    version_id    text,
    created_at    timestamptz not null default now(),
    claimed_by    uuid,
    claimed_until timestamptz,
    -- How often it was claimed; more than once means that a claimer died or S3 was down.
    attempts      integer     not null default 0,
    unique (dataset_id)
);

create table idempotency (
    account      text        not null,
    region       text        not null,
    operation    text        not null,
    token        text        not null,
    request_hash bytea       not null,
    response     text        not null,
    expires_at   timestamptz not null,
    primary key (account, region, operation, token)
);

create table model (
    model_id             uuid primary key,
    account              text        not null,
    region               text        not null,
    project_id           uuid        not null references project,
    project_name         text        not null,
    version              integer     not null,
    created_at           timestamptz not null,
    description          text,
    kms_key_id           text,
    output_bucket        text        not null,
    output_prefix        text        not null,
    status               text        not null,
    -- What a caller is told after the status's own sentence; null where there is nothing to add.
    status_detail        text,
    -- Where a model in TRAINING stands: QUEUED, TRAINING, EVALUATION_QUEUED, EVALUATING; null once settled.
    phase                text,
    -- The attempt of the present phase that is wanted; a run of an older one is superseded.
    attempt              integer     not null default 1,
    lost_attempts        integer     not null default 0,
    -- The training run whose artifact is evaluated and, once trained, served.
    training_run_id      uuid,
    artifact             text,
    artifact_sha256      text,
    training_images      integer,
    -- INVARIANT: set once, from null, by exactly one evaluation run: it alone may publish.
    winner_run_id        uuid,
    evaluation_ended_at  timestamptz,
    result_sha256        text,
    manifest_sha256      text,
    f1_score             double precision,
    precision_           double precision,
    recall               double precision,
    unique (project_id, version)
);
create index model_queued on model (created_at) where status = 'TRAINING';

create table model_tag (
    model_id uuid not null references model on delete cascade,
    key      text not null,
    value    text not null,
    primary key (model_id, key)
);

create table run (
    run_id     uuid primary key,
    model_id   uuid        not null references model on delete cascade,
    kind       text        not null,
    attempt    integer     not null,
    worker     text        not null,
    -- RUNNING, FINISHED, FAILED, INTERRUPTED, LOST, CANCELLED
    state      text        not null,
    phase      text,
    done       bigint      not null default 0,
    total      bigint      not null default 0,
    reason     text,
    started_at timestamptz not null,
    ended_at   timestamptz,
    -- On the lease clock, in milliseconds (lease_clock.elapsed).
    last_heard bigint      not null
);
create index run_of_model on run (model_id);

-- One row: how far vedette.run.events is consumed, and the lease clock that its ticks drive.
create table lease_clock (
    id           smallint primary key check (id = 1),
    -- The next offset to apply; older records were applied already.
    next_offset  bigint   not null,
    elapsed      bigint   not null,
    last_tick_at timestamptz
);
insert into lease_clock values (1, 0, 0, null);

create table outbox (
    id           bigint generated always as identity primary key,
    event_id     uuid        not null unique,
    topic        text        not null,
    key          text        not null,
    type         text        not null,
    subject      text        not null,
    data         text        not null,
    traceparent  text,
    created_at   timestamptz not null default now(),
    published_at timestamptz,
    partition    integer,
    offset_      bigint,
    -- Why a record can never be sent (too large); null for all others.
    parked       text
);
create index outbox_unpublished on outbox (id) where published_at is null and parked is null;

-- One row: the active relay, on the database's clock.
create table relay_lease (
    id     smallint primary key check (id = 1),
    holder uuid,
    until  timestamptz
);
insert into relay_lease values (1, null, null);
