import sql, { type Sql } from 'sql-template-tag';
import { insertAuditEntry, type AuditEntry } from '../audit-records.ts';
import type { Db } from '../database.ts';
import { insertRequest, type IdempotentRequest } from '../registry/idempotent-requests.ts';
import { leaseEnd, queueJob } from './job-leases.ts';

/** A device of a job as it was submitted, for as long as the job is kept. Its hardware hash is in `hardware_hashes`. */
export interface SubmittedDevice {
  /** The id the device gets when it is registered (policy updates: the id of the device to change). */
  readonly deviceId: string;
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
  /** The failure already certain at upload. */
  readonly refusal?: string | undefined;
  /**
   * The configuration policy asked for, in the client's words: an id or a name, looked up when the job runs. The empty
   * text takes the present one away; absent: none was asked for.
   */
  readonly policy?: string | undefined;
  /** The caller's own name for it. */
  readonly reference?: string | undefined;
}

/** A device of a job that is not finished, as the worker needs it. */
export interface JobDevice extends SubmittedDevice {
  /** What it is known by; none when `refusal` is set. */
  readonly identityKeys: readonly string[];
}

/** The devices of a job as they are stored: written as JSON once, at upload. */
export interface StoredDevices {
  /** A list of `SubmittedDevice`. */
  readonly json: string;
  /** The identity keys of each of them: a list of lists. They are erased when the job ends. */
  readonly identityKeys: string;
  readonly count: number;
}

/** The devices of a job, to be stored. */
export function writeDevices(devices: readonly JobDevice[]): StoredDevices {
  return {
    json: writeSubmission(devices),
    identityKeys: JSON.stringify(devices.map((device) => device.identityKeys)),
    count: devices.length,
  };
}

/** Devices as they were submitted, as JSON. One shape for all of them, so that it is written fast. */
export function writeSubmission(devices: readonly SubmittedDevice[]): string {
  return JSON.stringify(
    devices.map(
      ({
        deviceId,
        serialNumber,
        productKey,
        oemManufacturerName,
        modelName,
        refusal,
        policy,
        reference,
      }) => ({
        deviceId,
        serialNumber,
        productKey,
        oemManufacturerName,
        modelName,
        refusal,
        policy,
        reference,
      }),
    ),
  );
}

/** The devices of a job, read back. */
export function readDevices({
  json,
  identityKeys,
}: Pick<StoredDevices, 'json' | 'identityKeys'>): readonly JobDevice[] {
  return joinDevices(JSON.parse(json) as SubmittedDevice[], JSON.parse(identityKeys) as string[][]);
}

/** Devices with their identity keys, which earlier versions stored in the devices themselves. */
export function joinDevices(
  devices: readonly (SubmittedDevice & Partial<JobDevice>)[],
  identityKeys: readonly (readonly string[])[] | null,
): readonly JobDevice[] {
  return devices.map((device, position) => ({
    ...device,
    identityKeys: identityKeys?.[position] ?? device.identityKeys ?? [],
  }));
}

/** What a job does with its devices. */
export type BatchJobKind = 'register_devices' | 'update_policies' | 'remove_devices';

/** An accepted call, before it is stored. */
export interface NewBatchJob extends IdempotentRequest {
  readonly trackingId: string;
  readonly customerId: string;
  readonly kind: BatchJobKind;
  readonly createdBy: string;
  /** What the call is recorded as, in the same statement. */
  readonly audit?: AuditEntry | undefined;
  readonly devices: StoredDevices;
  /** The lease of the node that stores the job and runs it at once; absent: a worker takes it from the queue. */
  readonly leaseId?: string;
}

/** A job that was stored. */
export interface AcceptedJob {
  /** Absent for a job that is about devices of any batch. */
  readonly deviceBatchId: string | null;
}

/** An accepted call about registered devices. */
export interface NewDeviceJob extends NewBatchJob {
  /** The batch it is about; absent: of any batch. */
  readonly deviceBatchId?: string | null;
}

/** An accepted upload. */
export interface NewUpload extends NewBatchJob {
  readonly batchId: string;
  /** The hash bytes of the devices that have some, one after the other. */
  readonly hashes: {
    readonly bytes: Buffer;
    /** Whose, where each begins (from 1) and how long it is: as texts of PostgreSQL arrays. */
    readonly deviceIds: string;
    readonly firsts: string;
    readonly lengths: string;
  };
}

/** A job with its devices and their outcomes. */
export interface BatchJob {
  readonly trackingId: string;
  readonly customerId: string;
  readonly kind: BatchJobKind;
  readonly status: 'queued' | 'processing' | 'finished' | 'finished_with_errors';
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  /** In the order submitted. */
  readonly devices: readonly SubmittedDevice[];
  /** The outcomes of the first of them, as far as the job is: `succeeded` or the name of a failure. */
  readonly outcomes: readonly string[];
}

/** What an upload found. `replay`: this very call was accepted before. */
interface Acceptance {
  readonly batch_found: boolean;
  readonly is_accepted: boolean;
  readonly device_batch_id: string | null;
}

/**
 * Creates a device batch, its first job with its hashes, and queues the job: one statement, so all of it or nothing.
 * Undefined when the batch exists already or this very call was accepted before: `findRequestResult` tells.
 */
export async function insertDeviceBatchWithJob(db: Db, job: NewUpload): Promise<AcceptedJob | undefined> {
  const rows = await db.query<Acceptance>(sql`
    with batch as (
      insert into device_batches (customer_id, batch_id, batch_id_folded, created_by, created_at)
      values (${job.customerId}, ${job.batchId}, ${job.batchId.toLowerCase()}, ${job.createdBy}, ${job.createdAt})
      on conflict (customer_id, batch_id_folded) do nothing
      returning device_batch_id
    ), request as (
      ${insertRequest(job, { kind: 'batch_job', resourceId: job.trackingId }, sql`batch`)}
    ), job as (
      ${insertJob(job)}
      returning batch_tracking_id, devices_total
    ), hashes as (
      ${insertHashes(job)}
    ), audit as (
      ${insertAuditEntry(job.audit, sql`job`)}
    ), ${queueJob(job.leaseId)}
    ${tellAcceptance}`);
  return toAcceptedJob(rows[0]);
}

/**
 * Adds a job to an existing device batch and queues it: one statement. `no-batch` when there is no such batch,
 * `replay` when this very call was accepted before: `findRequestResult` gives the job.
 */
export async function insertJobForBatch(
  db: Db,
  job: NewUpload,
): Promise<AcceptedJob | 'no-batch' | 'replay'> {
  const rows = await db.query<Acceptance>(sql`
    with batch as (
      select device_batch_id from device_batches
      where customer_id = ${job.customerId} and batch_id_folded = ${job.batchId.toLowerCase()}
    ), request as (
      ${insertRequest(job, { kind: 'batch_job', resourceId: job.trackingId }, sql`batch`)}
        where idempotent_requests.created_at <= ${job.replaysAfter}
      returning request_key
    ), job as (
      ${insertJob(job)}
      where ${job.requestKey ?? null}::uuid is null or exists (select from request)
      returning batch_tracking_id, devices_total
    ), hashes as (
      ${insertHashes(job)}
    ), audit as (
      ${insertAuditEntry(job.audit, sql`job`)}
    ), ${queueJob(job.leaseId)}
    ${tellAcceptance}`);
  const row = rows[0];
  return toAcceptedJob(row) ?? (row?.batch_found ? 'replay' : 'no-batch');
}

/**
 * Stores a job about registered devices, such as a change of their policies, and queues it: one statement. Undefined
 * when this very call was accepted before: `findRequestResult` gives the job.
 */
export async function insertDeviceJob(db: Db, job: NewDeviceJob): Promise<AcceptedJob | undefined> {
  const rows = await db.query<Acceptance>(sql`
    with batch as (
      select ${job.deviceBatchId ?? null}::bigint as device_batch_id
    ), request as (
      ${insertRequest(job, { kind: 'batch_job', resourceId: job.trackingId }, sql`batch`)}
        where idempotent_requests.created_at <= ${job.replaysAfter}
      returning request_key
    ), job as (
      ${insertJob(job)}
      where ${job.requestKey ?? null}::uuid is null or exists (select from request)
      returning batch_tracking_id, devices_total
    ), audit as (
      ${insertAuditEntry(job.audit, sql`job`)}
    ), ${queueJob(job.leaseId)}
    ${tellAcceptance}`);
  return toAcceptedJob(rows[0]);
}

/** The job itself, as `queued`. */
function insertJob(job: NewBatchJob): Sql {
  return sql`insert into batch_jobs
        (batch_tracking_id, customer_id, kind, device_batch_id, devices_total, submission, identity_keys, created_by,
        created_at, lease_id, due_at, attempts)
      select ${job.trackingId}::uuid, ${job.customerId}::uuid, ${job.kind}::text, device_batch_id,
        ${job.devices.count}::int, ${job.devices.json}::json, ${job.devices.identityKeys}::json, ${job.createdBy}, ${job.createdAt}::timestamptz,
        ${job.leaseId ?? null}::uuid, ${job.leaseId ? leaseEnd : sql`now()`}, ${job.leaseId ? 1 : 0}::int
      from batch`;
}

/** The hashes travel as one binary value and are cut apart here: 1,000 of them as text would be twice the bytes. */
function insertHashes(job: NewUpload): Sql {
  const { bytes, deviceIds, firsts, lengths } = job.hashes;
  return sql`insert into hardware_hashes (device_id, hardware_hash)
      select h.device_id, substring(${bytes}::bytea from h.first for h.length)
      from job, unnest(${deviceIds}::uuid[], ${firsts}::int[], ${lengths}::int[]) as h (device_id, first, length)`;
}

/** The last part of each of these statements. */
const tellAcceptance = sql`select exists (select from batch) as batch_found, exists (select from queued) as is_accepted,
      (select device_batch_id::text from batch) as device_batch_id`;

function toAcceptedJob(row: Acceptance | undefined): AcceptedJob | undefined {
  return row?.is_accepted ? { deviceBatchId: row.device_batch_id } : undefined;
}
