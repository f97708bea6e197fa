-- What the web console adds.

-- No partner: an application of Muster's own, which signs in users of every partner.
alter table applications alter column partner_id drop not null;

-- The web console. Where it may be sent back to follows from the public URL, so it is not stored.
insert into applications (client_id, partner_id, name, roles, is_public)
values ('c5f0a9de-6a04-4c1c-9b0e-0d3f6c1e7a52', null, 'Muster console', '{}', true);

-- Links that open the console signed in, by digest. Each is deleted when it is used.
create table sign_in_links (
  link_digest bytea primary key,
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz not null
);
create index sign_in_links_by_user on sign_in_links (user_id);
