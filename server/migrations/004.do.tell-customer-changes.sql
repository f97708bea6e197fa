-- Nodes remember which partner a customer belongs to. Whoever changes that, by whatever means, tells all of them.
create function tell_customer_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('muster_customer_changed', '');
  return null;
end
$$;

create trigger customers_tell_changes
after update or delete on customers
for each statement execute function tell_customer_changed();
