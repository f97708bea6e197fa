-- What was submitted and the outcomes stay after a job ends, and every API makes its own response from them. The rows of
-- jobs that an earlier version finished are left alone here: they have `answer`, the response as Partner Center's API
-- sent it, and no counts. `store/jobs/earlier-answers.ts` reads them, and rewrites them later, a few at a time.
alter table batch_jobs
  drop constraint batch_jobs_finished_has_answer,
  -- What each submitted device is known by. Only needed until the job ends, so apart from `submission`, which stays.
  add column identity_keys json,
  add column devices_succeeded integer,
  add column devices_failed integer,
  -- How many devices have each outcome: {"succeeded": 998, "ZtdDeviceAlreadyAssigned": 2}.
  add column outcome_counts jsonb;

-- Set apart from `add column`, so that jobs of earlier versions have null: not counted yet.
alter table batch_jobs
  alter column devices_succeeded set default 0,
  alter column devices_failed set default 0,
  alter column outcome_counts set default '{}',
  alter column identity_keys set storage external;
update batch_jobs set devices_succeeded = (select count(*) from unnest(outcomes) as o where o = 'succeeded'),
  devices_failed = (select count(*) from unnest(outcomes) as o where o <> 'succeeded'),
  outcome_counts = (select coalesce(jsonb_object_agg(outcome, n), '{}')
    from (select outcome, count(*) as n from unnest(outcomes) as outcome group by outcome) as counted)
where completed_at is null;

alter table batch_jobs
  add constraint batch_jobs_completed_when_finished
    check ((completed_at is not null) = (status in ('finished', 'finished_with_errors'))),
  add constraint batch_jobs_finished_has_outcomes
    check (completed_at is null or answer is not null or cardinality(outcomes) = devices_total);

-- Tells which batches are being worked on, and which jobs are still to be rewritten.
drop index batch_jobs_unfinished;
create index batch_jobs_unfinished on batch_jobs (device_batch_id) where completed_at is null;
create index batch_jobs_with_answer on batch_jobs (batch_tracking_id) where answer is not null;
