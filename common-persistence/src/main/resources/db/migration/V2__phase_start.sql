-- When a run began what it is doing, for an estimate of how long that will take.
alter table run add column phase_started_at timestamptz;
