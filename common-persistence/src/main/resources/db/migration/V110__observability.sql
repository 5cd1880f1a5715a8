-- What is counted every few seconds is found by an index, however long the tables get.
create index outbox_parked on outbox (id) where parked is not null;
create index batch_detection_open on batch_detection (asked_at) where status in ('QUEUED', 'IN_PROGRESS');

-- One row: the number of the newest migration that a program must know to work with this schema. A migration that only
-- adds leaves it; one that takes something away raises it to the migration that brought what takes its place.
create table schema_floor (
    id     smallint primary key check (id = 1),
    oldest integer not null
);
insert into schema_floor values (1, 0);
