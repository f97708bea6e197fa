import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** One thing that happened to a device. Triggers on `devices` write most of it, see `010.do.find-jobs-and-devices.sql`. */
export interface DeviceEvent {
  /** Its place in the history of the device. */
  readonly number: string;
  readonly at: Date;
  readonly kind: 'registered' | 'upload_refused' | 'policy_changed' | 'moved' | 'removed';
  /** Whose the device was afterwards; of a refused upload: who uploaded it. */
  readonly customerId: string;
  readonly customerName: string;
  readonly actor: string | undefined;
  readonly trackingId: string | undefined;
  readonly batchId: string | undefined;
  readonly outcome: string | undefined;
  readonly policyId: string | undefined;
  readonly policyName: string | undefined;
}

interface Row {
  readonly number: string;
  readonly at: Date;
  readonly kind: DeviceEvent['kind'];
  readonly customer_id: string;
  readonly company_name: string;
  readonly actor: string | null;
  readonly batch_tracking_id: string | null;
  readonly batch_id: string | null;
  readonly outcome: string | null;
  readonly policy_id: string | null;
  readonly policy_name: string | null;
}

/**
 * At most `limit` events of a device after a place, in order, as far as they are of customers of this partner. The
 * registration is not stored again: it is the device itself, and the job of that time that lists it.
 */
export async function listDeviceEvents(
  db: Db,
  { partnerId, deviceId }: { partnerId: string; deviceId: string },
  { after, limit }: { after: string; limit: number },
): Promise<DeviceEvent[]> {
  const rows = await db.query<Row>(sql`
    with device as (
      select device_id, customer_id, uploaded_at from devices where device_id = ${deviceId}
      union all
      select device_id, customer_id, uploaded_at from removed_devices where device_id = ${deviceId}
    ), event as (
      select 0 as number, d.uploaded_at as at, 'registered' as kind, coalesce(j.customer_id, d.customer_id) as customer_id,
        null as actor, j.batch_tracking_id, 'succeeded' as outcome, null::uuid as policy_id
      from device d left join lateral (
        select customer_id, batch_tracking_id from batch_jobs
        where created_at = d.uploaded_at and kind = 'register_devices'
          and coalesce(position(d.device_id::text in submission::text) > 0, true)
        limit 1
      ) as j on true
      union all
      select device_history_id, occurred_at, kind, customer_id, actor, batch_tracking_id, outcome, policy_id
      from device_history where device_id = ${deviceId}
    )
    select e.number::text, e.at, e.kind, e.customer_id, c.company_name, coalesce(e.actor, j.created_by) as actor,
      e.batch_tracking_id, b.batch_id, e.outcome, e.policy_id, p.name as policy_name
    from event e
    join customers c on c.customer_id = e.customer_id
    left join batch_jobs j on j.batch_tracking_id = e.batch_tracking_id
    left join device_batches b on b.device_batch_id = j.device_batch_id
    left join configuration_policies p on p.policy_id = e.policy_id
    where c.partner_id = ${partnerId} and e.number > ${after}::bigint
    order by e.number
    limit ${limit}::int`);
  return rows.map((row) => ({
    number: row.number,
    at: row.at,
    kind: row.kind,
    customerId: row.customer_id,
    customerName: row.company_name,
    actor: row.actor ?? undefined,
    trackingId: row.batch_tracking_id ?? undefined,
    batchId: row.batch_id ?? undefined,
    outcome: row.outcome ?? undefined,
    policyId: row.policy_id ?? undefined,
    policyName: row.policy_name ?? undefined,
  }));
}
