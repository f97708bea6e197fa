import { withClient } from '../machine/bench-postgres.ts';
import { deviceIdSql, identityKeysSql, serialNumberSql } from './fill-statements.ts';

/** Registers devices in one new batch by SQL. */
export async function fillBatch(
  databaseUrl: string,
  { customerId, batchId, devices }: { customerId: string; batchId: string; devices: number },
): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `with batch as (
        insert into device_batches (customer_id, batch_id, batch_id_folded, created_by, created_at, devices_count)
        values ($1, $2, lower($2), 'bench', now(), $3::int) returning device_batch_id, customer_id
      )
      insert into devices (device_id, customer_id, device_batch_id, serial_number, oem_manufacturer_name, model_name,
        identity_keys, uploaded_at)
      select ${deviceIdSql}, customer_id, device_batch_id, ${serialNumberSql}, 'Dell Inc.', 'Latitude 7440',
        ${identityKeysSql}, now()
      from batch, generate_series(0, $3::int - 1) as n`,
      [customerId, batchId, devices],
    );
    await client.query(`
      insert into device_keys (identity_key, device_id, customer_id)
      select identity_key, device_id, customer_id from devices, unnest(identity_keys) as identity_key`);
    await client.query('vacuum (analyze)');
  });
}
