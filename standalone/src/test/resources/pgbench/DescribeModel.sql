-- What the api says to Postgres for a DescribeModel of a model that waits for its trainer; the caller's key is remembered.
begin;
select project_id, account, created_at, name, region from project where account = :account and region = 'us-east-1' and name = cast(:prefix as text) || cast(:client_id as text) fetch first 1 rows only \gset
select model_id, account, artifact, artifact_sha256, attempt, created_at, description, evaluation_ended_at, f1_score, kms_key_id, lost_attempts, manifest_sha256, output_bucket, output_prefix, phase, precision_, project_id, project_name, recall, region, result_sha256, status, status_detail, training_images, training_run_id, version, winner_run_id from model where project_id = :project_id and version = 1 fetch first 1 rows only \gset
select count(*) from model where status = 'TRAINING' and phase = 'QUEUED' and created_at < cast(:created_at as timestamptz);
commit;
