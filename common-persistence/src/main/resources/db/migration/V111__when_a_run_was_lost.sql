-- When the run was last declared lost, on the broker's clock; it stays when the run is heard again, or ends otherwise.
alter table run add column lost_at timestamptz;
update run set lost_at = ended_at where state = 'LOST';
