-- What was published long ago is found by an index, and removed (api.outbox.OutboxBatches).
create index outbox_published on outbox (published_at) where published_at is not null;
