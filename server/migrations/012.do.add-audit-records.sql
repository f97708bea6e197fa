-- Who changed what, and who was refused. Written in the transaction of the change, kept in a partition for each month, and
-- never changed: the oldest partitions are dropped when they are no longer kept. No foreign keys: records outlive what they
-- are about. Hashes and secrets are never in here.
create table audit_records (
  occurred_at timestamptz not null default now(),
  audit_record_id uuid not null default gen_random_uuid(),
  -- Null: an administrator's change that is about no partner.
  partner_id uuid,
  customer_id uuid,
  -- The operation's name in the contract.
  operation text not null,
  result text not null check (result in ('succeeded', 'refused')),
  -- The name of the user, the application or the administrator.
  actor text not null,
  user_id text,
  client_id text,
  address text not null,
  request_id text not null,
  correlation_id text not null,
  -- SHA-256 of the request's body, in hexadecimal.
  body_digest text,
  -- What was changed: names and ids, such as batchId, deviceId, policyId, batchTrackingId.
  target jsonb not null,
  primary key (occurred_at, audit_record_id)
) partition by range (occurred_at);
create index audit_records_by_partner on audit_records (partner_id, occurred_at desc, audit_record_id desc);

-- A record must never be lost for want of a partition.
create table audit_records_other partition of audit_records default;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit records cannot be changed or removed' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_records_are_final before update or delete or truncate on audit_records
  for each statement execute function refuse_audit_change();
create trigger audit_records_are_final before update or delete or truncate on audit_records_other
  for each statement execute function refuse_audit_change();

-- Makes the partitions of this month and the next twelve, and drops those that end before a day. Runs as its owner, so that
-- the role that serves requests need not own the table.
create function keep_audit_partitions(keep_since date) returns void language plpgsql security definer
  set search_path from current as $$
declare
  month date;
  partition text;
begin
  for month in
    select generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '12 months', '1 month')::date
  loop
    partition := 'audit_records_' || to_char(month, 'YYYY_MM');
    continue when to_regclass(partition) is not null;
    begin
      execute format('create table %I partition of audit_records for values from (%L) to (%L)', partition,
        to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
      execute format('create trigger audit_records_are_final before update or delete or truncate on %I
        for each statement execute function refuse_audit_change()', partition);
    exception
      -- Its records are in the partition for all others already and stay there, or another node was faster.
      when check_violation or duplicate_table or unique_violation then null;
    end;
  end loop;
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit_records'::regclass and c.relname ~ '^audit_records_\d{4}_\d{2}$'
      and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= keep_since
  loop
    execute format('drop table %I', partition);
  end loop;
end $$;
select keep_audit_partitions('-infinity');
