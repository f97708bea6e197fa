-- The jobs of a customer, and of all the customers of a partner, the newest first.
create index batch_jobs_by_customer on batch_jobs (customer_id, created_at desc, batch_tracking_id desc);
create index batch_jobs_by_time on batch_jobs (created_at desc, batch_tracking_id desc);
