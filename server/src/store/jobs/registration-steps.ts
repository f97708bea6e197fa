import sql from 'sql-template-tag';
import type { JobDevice } from './batch-jobs.ts';
import type { Db } from '../database.ts';
import { lockJob, recordOutcomes, type JobStep } from './job-steps.ts';

/** The constraint that is broken when somebody is known by a key already. */
export const deviceKeysAreUnique = 'device_keys_are_unique';

/** A device to register, with the policy to assign; absent: none. */
export type NewDevice = JobDevice & { readonly policyId?: string };

/** The next devices of an upload, with their outcomes. */
export interface RegistrationStep extends JobStep {
  readonly deviceBatchId: string;
}

/** What a step does beside recording the outcomes. */
export interface Registrations {
  readonly customerId: string;
  readonly uploadedAt: Date;
  readonly devices: readonly NewDevice[];
  /** What was refused because somebody is known by its keys: told in the history of whoever it is. */
  readonly known: readonly { readonly identityKeys: readonly string[]; readonly outcome: string }[];
  /** Devices that were refused: their hashes are secrets nobody needs any more. */
  readonly refusedIds: readonly string[];
}

/**
 * Registers devices and records their outcomes: one statement, one round trip, one commit. False when the job is not at
 * this step any more: nothing was done. Breaks `device_keys_are_unique` when somebody else registered one of these
 * devices meanwhile: nothing was done either. Keys go in sorted, and the batch is counted after them, so that jobs that
 * meet wait for each other shortly and never deadlock.
 */
export async function insertRegistrationStep(
  db: Db,
  step: RegistrationStep,
  input: Registrations,
): Promise<boolean> {
  const count = input.devices.length;
  const rows = await db.query<{ is_done: boolean }>(sql`
    with job as (
      ${lockJob(step)}
    ), input as (
      select d.* from job, json_to_recordset(${JSON.stringify(input.devices)}::json) as d (
        "deviceId" uuid, "serialNumber" text, "productKey" text, "oemManufacturerName" text, "modelName" text,
        "identityKeys" uuid[], "policyId" uuid)
    ), keys as (
      insert into device_keys (identity_key, device_id, customer_id)
      select identity_key, "deviceId", ${input.customerId}::uuid
      from input, unnest("identityKeys") as identity_key
      order by identity_key
      returning 1
    ), registered as (
      insert into devices (device_id, customer_id, device_batch_id, serial_number, product_key, oem_manufacturer_name,
        model_name, identity_keys, policy_id, uploaded_at)
      select "deviceId", ${input.customerId}::uuid, ${step.deviceBatchId}::bigint, "serialNumber", "productKey",
        "oemManufacturerName", "modelName", "identityKeys", "policyId", ${input.uploadedAt}::timestamptz
      from input
    ), named as (
      insert into device_history (device_id, kind, customer_id, batch_tracking_id, outcome)
      select distinct k.device_id, 'upload_refused', ${input.customerId}::uuid, job.batch_tracking_id, r.outcome
      from job, json_to_recordset(${JSON.stringify(input.known)}::json) as r ("identityKeys" uuid[], outcome text)
      join device_keys k on k.identity_key = any (r."identityKeys")
    ), forgotten as (
      delete from hardware_hashes using job where device_id = any (${[...input.refusedIds]}::uuid[])
    ), counted as (
      update device_batches set devices_count = devices_count + ${count}::int
      from job, (select count(*) from keys) as after_keys
      where device_batch_id = ${step.deviceBatchId}::bigint and ${count}::int > 0
    ), ${recordOutcomes(step)}
    select exists (select from job) as is_done`);
  return rows[0]?.is_done === true;
}
