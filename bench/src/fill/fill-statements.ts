/** What to put into a database. Numbers count from 0; devices belong to jobs and batches in order. */
export interface Filling {
  readonly partnerId: string;
  readonly devices: number;
  /** One device batch each. */
  readonly jobs: number;
  readonly customers: number;
}

/** Identity keys of device `n`, as text in SQL: hash, TPM, UUID, and serial + manufacturer + model. */
export const identityKeysSql = `array[md5('hash' || n)::uuid, md5('tpm' || n)::uuid, md5('uuid' || n)::uuid, md5('name' || n)::uuid]`;

/** A UUIDv7 whose time grows with `n`, a millisecond a device: ids of old devices, in the order of upload. */
export const deviceIdSql = `(lpad(to_hex(1700000000000 + n), 12, '0') || '7' || substr(md5('id' || n), 1, 3) || '8' || substr(md5('id' || n), 4, 15))::uuid`;

/** A serial number of device `n`. */
export const serialNumberSql = `upper(substr(md5('serial' || n), 1, 12))`;

const customerIdSql = (number: string): string => `md5('customer' || ${number})::uuid`;
const trackingIdSql = `md5('job' || j)::uuid`;

/** The small tables, in order: each statement needs those before it. */
export function smallTables({ partnerId, jobs, customers }: Filling): string[] {
  return [
    `insert into customers (customer_id, partner_id, company_name, domain_name)
      select ${customerIdSql('c')}, '${partnerId}', 'Customer ' || c, 'customer-' || c || '.onmicrosoft.com'
      from generate_series(0, ${customers - 1}) as c`,
    `insert into device_batches (customer_id, batch_id, batch_id_folded, created_by, created_at, devices_count)
      select ${customerIdSql(`(j % ${customers})`)}, 'batch ' || j, 'batch ' || j, 'bench', now() - interval '1 day', 0
      from generate_series(0, ${jobs - 1}) as j`,
  ];
}

/** Finished jobs from `first` to before `end`, each with its devices as the service writes them. */
export function jobsStatement({ devices, jobs, customers }: Filling, first: number, end: number): string {
  const each = devices / jobs;
  return `
    insert into batch_jobs (batch_tracking_id, customer_id, kind, device_batch_id, status, devices_total, submission,
      outcomes, devices_succeeded, outcome_counts, created_by, created_at, started_at, completed_at)
    select ${trackingIdSql}, b.customer_id, 'register_devices', b.device_batch_id, 'finished', ${each},
      (select '[' || string_agg('{"deviceId":"' || ${deviceIdSql} || '","serialNumber":"' || ${serialNumberSql}
          || '","oemManufacturerName":"Dell Inc.","modelName":"Latitude 7440"}', ',' order by n) || ']'
        from generate_series(j * ${each}, (j + 1) * ${each} - 1) as n)::json,
      array_fill('succeeded'::text, array[${each}]), ${each}, '{"succeeded":${each}}',
      'bench', now() - interval '1 day', now() - interval '1 day', now() - interval '1 day'
    from generate_series(${first}, ${end - 1}) as j
    join device_batches b on b.customer_id = ${customerIdSql(`(j % ${customers})`)} and b.batch_id_folded = 'batch ' || j`;
}

/** Registered devices from `first` to before `end`, with their keys. A hash is 64 bytes here: see `fillDatabase`. */
export function devicesStatements(
  { devices, jobs, customers }: Filling,
  first: number,
  end: number,
): string[] {
  const each = devices / jobs;
  const series = `generate_series(${first}, ${end - 1}) as n`;
  return [
    `insert into devices (device_id, customer_id, device_batch_id, serial_number, oem_manufacturer_name, model_name,
        identity_keys, uploaded_at)
      select ${deviceIdSql}, b.customer_id, b.device_batch_id, ${serialNumberSql}, 'Dell Inc.', 'Latitude 7440',
        ${identityKeysSql}, now() - interval '1 day'
      from ${series} join bench_batches b on b.job = n / ${each}`,
    `insert into device_keys (identity_key, device_id, customer_id)
      select identity_key, ${deviceIdSql}, ${customerIdSql(`((n / ${each}) % ${customers})`)}
      from ${series}, unnest(${identityKeysSql}) as identity_key`,
    `insert into hardware_hashes (device_id, hardware_hash)
      select ${deviceIdSql}, decode(repeat(md5('hash' || n), 4), 'hex') from ${series}`,
  ];
}

/** Which batch the devices of a job are in; dropped again when the filling is done. */
export const batchesOfJobs = `
  create unlogged table bench_batches as
    select substr(batch_id, 7)::bigint as job, customer_id, device_batch_id from device_batches where created_by = 'bench';
  alter table bench_batches add primary key (job);
  analyze bench_batches`;
