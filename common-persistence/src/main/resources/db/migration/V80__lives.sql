-- What a model's attempts were spent on, where its present request lies, and all that ever became of it.
alter table model
    -- Attempts of the present phase that were interrupted or ended by the infrastructure; lost_attempts has the others.
    add column excused_attempts   integer not null default 0,
    -- The outbox row that asks for the present attempt; null where a trainer has asked for the evaluation itself.
    add column dispatch_event     uuid,
    -- Where that request was seen on its topic, as far as the api reads the topic.
    add column dispatch_partition integer,
    add column dispatch_offset    bigint;

-- On the lease clock, as last_heard: when the run began, and when its work last went on.
alter table run
    add column started_lease    bigint not null default 0,
    add column progressed_lease bigint not null default 0;
update run set started_lease = last_heard, progressed_lease = last_heard;

create table model_history (
    seq      bigint generated always as identity primary key,
    model_id uuid        not null references model on delete cascade,
    at       timestamptz not null default now(),
    status   text        not null,
    phase    text,
    attempt  integer,
    cause    text        not null
);
create index history_of_model on model_history (model_id, seq);
