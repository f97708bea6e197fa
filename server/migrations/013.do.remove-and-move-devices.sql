-- Jobs also remove devices and move them to another customer. Not checked against the rows there are: none breaks it.
alter table batch_jobs
  drop constraint batch_jobs_kind_check,
  add constraint batch_jobs_kind_check
    check (kind in ('register_devices', 'update_policies', 'remove_devices', 'move_devices')) not valid;
