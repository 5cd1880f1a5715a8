-- What the api says to Postgres for a CreateModel with a token, as Postgres logged it; the caller's key is remembered. The entries
-- are read twice, to divide the one data set and to write both parts. These go to S3, which is not in here.
begin;
select request_hash, response, expires_at > clock_timestamp() from idempotency where account = :account and region = 'us-east-1' and operation = 'CreateModel' and token = cast(gen_random_uuid() as text);
commit;
begin;
select project_id, account, created_at, name, region from project where account = :account and region = 'us-east-1' and name = cast(:prefix as text) || cast(:client_id as text) fetch first 1 rows only \gset
select dataset_id, anomaly, bucket, created_at, normal, project_id, revision, status, status_message, total, type, updated_at from dataset where project_id = :project_id and type = 'train' fetch first 1 rows only \gset
select dataset_id, anomaly, bucket, created_at, normal, project_id, revision, status, status_message, total, type, updated_at from dataset where project_id = :project_id and type = 'test' fetch first 1 rows only;
select last_model_version from project where project_id = :project_id \gset
commit;
begin;
select buckets from account where account = :account and buckets is not null;
commit;
begin;
select e.seq, e.source_ref, e.label, e.line from dataset_entry e where e.dataset_id = :dataset_id and e.added <= :revision and (e.removed is null or e.removed > :revision) and e.label is not null and e.seq > 0 order by e.seq fetch first 1000 rows only;
commit;
begin;
select e.seq, e.source_ref, e.label, e.line from dataset_entry e where e.dataset_id = :dataset_id and e.added <= :revision and (e.removed is null or e.removed > :revision) and e.label is not null and e.seq > 0 order by e.seq fetch first 1000 rows only;
commit;
begin;
insert into idempotency as held (account, region, operation, token, request_hash, response, expires_at) values (:account, 'us-east-1', 'CreateModel', cast(gen_random_uuid() as text), sha256('CreateModel'), '', clock_timestamp() + interval '8 hours') on conflict (account, region, operation, token) do update set request_hash = excluded.request_hash, response = '', expires_at = excluded.expires_at where held.expires_at <= clock_timestamp() returning token \gset
select 1 from project where project_id = :project_id for update;
select project_id, account, created_at, name, region from project where account = :account and region = 'us-east-1' and name = cast(:prefix as text) || cast(:client_id as text) fetch first 1 rows only \gset
select dataset_id, anomaly, bucket, created_at, normal, project_id, revision, status, status_message, total, type, updated_at from dataset where project_id = :project_id and type = 'train' fetch first 1 rows only \gset
select dataset_id, anomaly, bucket, created_at, normal, project_id, revision, status, status_message, total, type, updated_at from dataset where project_id = :project_id and type = 'test' fetch first 1 rows only;
select last_model_version from project where project_id = :project_id \gset
update project set last_model_version = last_model_version + 1 where project_id = :project_id and last_model_version = :last_model_version;
select concurrent_trainings from account where account = :account;
insert into model (model_id, account, attempt, created_at, lost_attempts, output_bucket, output_prefix, phase, project_id, project_name, region, status, version) values (gen_random_uuid(), :account, 1, now(), 0, 'bench', '', 'QUEUED', :project_id, :name, 'us-east-1', 'TRAINING', cast(:last_model_version as integer) + 1) returning model_id \gset
insert into outbox (created_at, data, event_id, key, subject, topic, type, parked) values (now(), :event, gen_random_uuid(), :arn, :arn, 'bench', 'bench', 'by the benchmark: not to be sent') returning *;
insert into outbox (created_at, data, event_id, key, subject, topic, type, parked) values (now(), :event, gen_random_uuid(), :arn, :arn, 'bench', 'bench', 'by the benchmark: not to be sent') returning *;
update idempotency set response = :response where account = :account and region = 'us-east-1' and operation = 'CreateModel' and token = :token;
commit;
