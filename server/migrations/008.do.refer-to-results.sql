-- The versions of configuration policies that repeated calls may still be answered with: kept for as long as those.
create table configuration_policy_versions (
  policy_id uuid not null,
  version integer not null,
  name text not null,
  description text,
  settings text[] not null,
  devices_count integer not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  primary key (policy_id, version)
);
create index configuration_policy_versions_by_age on configuration_policy_versions using brin (modified_at);

-- What a call did. Until now this was one text: a tracking id, a policy as Partner Center's API sends it, or 'deleted'.
alter table idempotent_requests
  add column kind text check (kind in ('batch_job', 'configuration_policy', 'deletion')),
  -- The job or the policy; of a deletion, what was deleted, where that is known.
  add column resource_id uuid,
  -- The version of the policy that the call made.
  add column version integer;
insert into configuration_policy_versions
select (p ->> 'id')::uuid, (p -> 'attributes' ->> 'etag')::integer, p ->> 'name', p ->> 'description',
  array(select jsonb_array_elements_text(p -> 'policySettings')), (p ->> 'devicesAssigned')::integer,
  (p ->> 'createdDate')::timestamptz, (p ->> 'lastModifiedDate')::timestamptz
from (select answer::jsonb as p from idempotent_requests where answer like '{"id":%') as policies
on conflict do nothing;
update idempotent_requests
set kind = case when answer = 'deleted' then 'deletion' when answer like '{%' then 'configuration_policy' else 'batch_job' end,
  resource_id = case when answer like '{"id":%' then (answer::jsonb ->> 'id')::uuid
    when answer not like '{%' and answer <> 'deleted' then answer::uuid end,
  version = case when answer like '{"id":%' then (answer::jsonb -> 'attributes' ->> 'etag')::integer end;
alter table idempotent_requests
  drop column answer,
  alter column kind set not null;
