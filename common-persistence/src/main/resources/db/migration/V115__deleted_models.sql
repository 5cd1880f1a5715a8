-- Models that were, so that what a worker writes for one after it is gone can be told from another installation's files.
-- Kept for good: an id and a time each.
create table deleted_model (
    model_id   uuid primary key,
    deleted_at timestamptz not null default now()
);
insert into deleted_model (model_id, deleted_at)
select (data::jsonb ->> 'modelId')::uuid, created_at from outbox where type = 'io.vedette.ModelDeleted'
on conflict do nothing;
