-- What callers want of a model's hosting. The model's own row says where it stands; this one lives from StartModel until the
-- model is TRAINED again.
create table hosting (
    model_id   uuid primary key references model on delete cascade,
    min_units  integer     not null check (min_units >= 1),
    max_units  integer     check (max_units >= min_units),
    asked_at   timestamptz not null,
    -- Why the hosting failed, for the caller; null unless it has.
    failure    text
);
create index model_in_transition on model (model_id) where status in ('STARTING_HOSTING', 'STOPPING_HOSTING');

-- Every change of a model's operating threshold; the last one counts. A null is the threshold that the model learned.
create table threshold_change (
    id         bigint generated always as identity primary key,
    model_id   uuid        not null references model on delete cascade,
    threshold  double precision,
    changed_at timestamptz not null,
    changed_by text        not null
);
create index threshold_change_of_model on threshold_change (model_id, id);
