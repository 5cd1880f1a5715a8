-- Accounts, what each may name and use, and what each of their keys may do.

create table account (
    account              text primary key,
    name                 text        not null,
    -- A JSON array of the only buckets it may name; null for any.
    buckets              text,
    -- Its own quotas: null for those of the configuration, 0 for no limit.
    concurrent_trainings integer check (concurrent_trainings >= 0),
    requests_per_second  integer check (requests_per_second >= 0),
    created_at           timestamptz not null default now()
);
insert into account (account, name) select distinct account, account from access_key;

alter table access_key
    -- As it is, from before V10: the next start of the api seals it and empties this.
    alter column secret drop not null,
    -- AES-GCM of the secret, bound to the key's id; one of the two is there.
    add column sealed_secret bytea,
    add column name          text    not null default 'root',
    -- The configuration's own key: it may do everything, and nothing but the configuration changes it.
    add column root          boolean not null default true,
    -- A JSON array: names of managed policies, and documents.
    add column policies      text    not null default '[]',
    add column active        boolean not null default true,
    -- Both are there for temporary credentials, and for no others. The token itself is kept nowhere.
    add column token_sha256  bytea,
    add column expires_at    timestamptz,
    add foreign key (account) references account,
    add check (secret is not null or sealed_secret is not null),
    add check ((token_sha256 is null) = (expires_at is null));
alter table access_key
    alter column name drop default,
    alter column root drop default;
create index access_key_of_account on access_key (account);
