-- What the api says to Postgres for a page of 100 of ListDatasetEntries, as Postgres logged it; the caller's key is remembered.
begin;
select project_id, account, created_at, name, region from project where account = :account and region = 'us-east-1' and name = cast(:prefix as text) || cast(:client_id as text) fetch first 1 rows only \gset
select dataset_id, anomaly, bucket, created_at, normal, project_id, revision, status, status_message, total, type, updated_at from dataset where project_id = :project_id and type = 'train' fetch first 1 rows only \gset
select e.seq, e.line from dataset_entry e join dataset d on d.dataset_id = e.dataset_id where e.dataset_id = :dataset_id and e.seq > 0 and e.added <= d.revision and (e.removed is null or e.removed > d.revision) order by e.seq fetch first 101 rows only;
commit;
