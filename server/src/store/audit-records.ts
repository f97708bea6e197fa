import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from './database.ts';

/** What a record tells, besides when it was written. Never a hash or a secret. */
export interface AuditEntry {
  /** Absent: an administrator's change that is about no partner. */
  readonly partnerId: string | undefined;
  readonly customerId: string | undefined;
  /** The operation's name in the contract. */
  readonly operation: string;
  readonly result: 'succeeded' | 'refused';
  /** The name of the user, the application or the administrator. */
  readonly actor: string;
  readonly userId: string | undefined;
  readonly clientId: string | undefined;
  readonly address: string;
  readonly requestId: string;
  readonly correlationId: string;
  /** SHA-256 of the request's body, in hexadecimal. */
  readonly bodyDigest: string | undefined;
  /** What was changed: names and ids. */
  readonly target: Readonly<Record<string, string>>;
}

export interface AuditRecord extends AuditEntry {
  readonly auditRecordId: string;
  readonly occurredAt: Date;
}

/** Which records of a partner. */
export interface AuditFilter {
  readonly partnerId: string;
  readonly since?: Date | undefined;
  /** Before this time. */
  readonly until?: Date | undefined;
  readonly customerId?: string | undefined;
  readonly operation?: string | undefined;
  readonly actor?: string | undefined;
}

/** A place in a list of records. The time is PostgreSQL's own text, which has microseconds. */
export interface AuditPlace {
  readonly occurredAt: string;
  readonly auditRecordId: string;
}

/**
 * Part of a statement: writes a record. `done` is the name of the part whose rows say that there was a change; absent:
 * there was. Without an entry there is nothing to write.
 */
export function insertAuditEntry(entry: AuditEntry | undefined, done?: Sql): Sql {
  const text = entry === undefined ? null : JSON.stringify(entry);
  return sql`insert into audit_records (partner_id, customer_id, operation, result, actor, user_id, client_id, address,
        request_id, correlation_id, body_digest, target)
      select "partnerId", "customerId", operation, result, actor, "userId", "clientId", address, "requestId",
        "correlationId", "bodyDigest", target
      from ${done ?? sql`(select) as done`}, json_to_record(${text}::json) as entry ("partnerId" uuid, "customerId" uuid,
        operation text, result text, actor text, "userId" text, "clientId" text, address text, "requestId" text,
        "correlationId" text, "bodyDigest" text, target jsonb)
      where ${text}::json is not null`;
}

/** Writes a record. */
export async function insertAuditRecord(db: Db, entry: AuditEntry): Promise<void> {
  await db.query(insertAuditEntry(entry));
}

/** At most `limit` records, the newest first: from the beginning, or after a place. */
export async function listAuditRecords(
  db: Db,
  { partnerId, since, until, customerId, operation, actor }: AuditFilter,
  { after, limit }: { after: AuditPlace | undefined; limit: number },
): Promise<(AuditRecord & { readonly place: AuditPlace })[]> {
  const conditions: Sql[] = [sql`partner_id = ${partnerId}`];
  if (since !== undefined) conditions.push(sql`occurred_at >= ${since}`);
  if (until !== undefined) conditions.push(sql`occurred_at < ${until}`);
  if (customerId !== undefined) conditions.push(sql`customer_id = ${customerId}`);
  if (operation !== undefined) conditions.push(sql`operation = ${operation}`);
  if (actor !== undefined) conditions.push(sql`actor = ${actor}`);
  if (after !== undefined)
    conditions.push(
      sql`(occurred_at, audit_record_id) < (${after.occurredAt}::timestamptz, ${after.auditRecordId}::uuid)`,
    );
  const rows = await db.query<Row>(sql`
    select audit_record_id, occurred_at, occurred_at::text as occurred_at_text, partner_id, customer_id, operation, result,
      actor, user_id, client_id, address, request_id, correlation_id, body_digest, target
    from audit_records
    where ${join(conditions, ' and ')}
    order by occurred_at desc, audit_record_id desc
    limit ${limit}::int`);
  return rows.map(toRecord);
}

/** Makes the partitions of the months to come, and drops those whose records are all older than this. */
export async function keepAuditPartitions(db: Db, days: number): Promise<void> {
  await db.query(sql`select keep_audit_partitions((now() at time zone 'utc')::date - ${days}::int)`);
}

interface Row {
  readonly audit_record_id: string;
  readonly occurred_at: Date;
  readonly occurred_at_text: string;
  readonly partner_id: string | null;
  readonly customer_id: string | null;
  readonly operation: string;
  readonly result: AuditEntry['result'];
  readonly actor: string;
  readonly user_id: string | null;
  readonly client_id: string | null;
  readonly address: string;
  readonly request_id: string;
  readonly correlation_id: string;
  readonly body_digest: string | null;
  readonly target: Readonly<Record<string, string>>;
}

function toRecord(row: Row): AuditRecord & { readonly place: AuditPlace } {
  const { audit_record_id: auditRecordId, operation, result, actor, address, target } = row;
  return {
    auditRecordId,
    occurredAt: row.occurred_at,
    partnerId: row.partner_id ?? undefined,
    customerId: row.customer_id ?? undefined,
    operation,
    result,
    actor,
    userId: row.user_id ?? undefined,
    clientId: row.client_id ?? undefined,
    address,
    requestId: row.request_id,
    correlationId: row.correlation_id,
    bodyDigest: row.body_digest ?? undefined,
    target,
    place: { occurredAt: row.occurred_at_text, auditRecordId },
  };
}
