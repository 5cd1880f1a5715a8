-- By what a batch is noticed whose request was lost from its topic, or whose worker is heard and stands still.
alter table batch_detection
    -- The outbox row that asks for the present attempt; it knows where the request lies.
    add column dispatch_event    uuid,
    -- Attempts that ended by nobody's fault, since the last image that no attempt had reached before.
    add column excused_attempts  integer not null default 0,
    -- How far the present run is, and since when, on the lease clock.
    add column run_done          bigint,
    add column progressed        bigint;
create index batch_detection_waiting on batch_detection (dispatch_event)
    where run_id is null and status in ('QUEUED', 'IN_PROGRESS');
update batch_detection b
set dispatch_event = (select o.event_id from outbox o
                      where o.type = 'io.vedette.BatchRequested' and o.data like '%' || b.batch_id || '%'
                      order by o.id desc limit 1)
where b.status in ('QUEUED', 'IN_PROGRESS');

-- The broker's time of the youngest run event that was applied: a younger one at a lower offset is of a topic made anew.
alter table lease_clock add column last_record_at timestamptz;
