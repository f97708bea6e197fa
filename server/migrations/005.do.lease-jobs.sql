-- Unfinished jobs are the queue. Whoever runs a job holds its lease until `due_at`; from then on any worker may take it.
-- A job that waits, for another attempt or for an outcome from elsewhere, is due later and nobody holds it.
alter table batch_jobs
  add column lease_id uuid,
  add column due_at timestamptz not null default now(),
  add column attempts integer not null default 0;

-- Finds the next job of each customer that has any.
create index batch_jobs_due on batch_jobs (customer_id, due_at) where completed_at is null;

-- When a partner or a customer last had a turn, so that each gets the next one in time.
create table job_turns (
  holder_id uuid primary key,
  taken_at timestamptz not null
) with (fillfactor = 50);

-- The queue of earlier versions. The jobs in it are rows of batch_jobs, and due.
drop schema if exists graphile_worker cascade;
