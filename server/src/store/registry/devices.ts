import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** Who is known by an identity key. */
export interface KnownDevice {
  readonly identityKey: string;
  readonly deviceId: string;
  readonly customerId: string;
}

/** The registered devices behind these identity keys; keys nobody is known by are left out. */
export async function findDevicesByKeys(db: Db, identityKeys: readonly string[]): Promise<KnownDevice[]> {
  const rows = await db.query<{ identity_key: string; device_id: string; customer_id: string }>(sql`
    select identity_key, device_id, customer_id from device_keys where identity_key = any (${[...identityKeys]}::uuid[])`);
  return rows.map((row) => ({
    identityKey: row.identity_key,
    deviceId: row.device_id,
    customerId: row.customer_id,
  }));
}

/** Erases the hash bytes of devices that were refused: they are secrets nobody needs any more. */
export async function deleteHardwareHashes(tx: Db, deviceIds: readonly string[]): Promise<void> {
  await tx.query(sql`delete from hardware_hashes where device_id = any (${[...deviceIds]}::uuid[])`);
}
