-- The last check of each data set, while it goes on and afterwards. Whoever works on it holds a claim, on the database's clock.
create table dataset_check (
    check_id       uuid primary key,
    dataset_id     uuid        not null unique references dataset on delete cascade,
    -- What it looks at: entries come and go with revisions.
    revision       bigint      not null,
    status         text        not null check (status in ('IN_PROGRESS', 'COMPLETE', 'FAILED')),
    status_message text        not null,
    total          integer     not null,
    done           integer     not null default 0,
    -- The place of the last entry that was looked at.
    seq            bigint      not null default 0,
    asked_at       timestamptz not null default now(),
    ended_at       timestamptz,
    -- Since the last page that succeeded.
    attempts       integer     not null default 0,
    claimed_by     uuid,
    claimed_until  timestamptz
);
create index dataset_check_in_progress on dataset_check (asked_at) where status = 'IN_PROGRESS';

-- What was seen of each image. The digest and the size are null where the image is unusable; duplicates and odd sizes are
-- found by comparing these rows.
create table dataset_check_image (
    check_id      uuid   not null references dataset_check on delete cascade,
    seq           bigint not null,
    source_ref    text   not null,
    sha256        text,
    width         integer,
    height        integer,
    image_problem text,
    mask_problem  text,
    primary key (check_id, seq)
);
