import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A call that a client may repeat. */
export interface IdempotentRequest {
  /** Identifies a repeat of this very call; absent when the client gave no MS-RequestId. */
  readonly requestKey?: string | undefined;
  readonly createdAt: Date;
  /** Repeats of calls from before this time are new calls. */
  readonly replaysAfter: Date;
}

/** What a call did: the response to a repeat is made from it. Earlier versions did not keep what was deleted. */
export type RequestResult =
  | { readonly kind: 'batch_job'; readonly resourceId: string }
  | { readonly kind: 'configuration_policy'; readonly resourceId: string; readonly version: number }
  | { readonly kind: 'deletion'; readonly resourceId: string | null };

/** What an earlier, identical call did; undefined when there was none after this time. */
export async function findRequestResult(
  db: Db,
  requestKey: string,
  replaysAfter: Date,
): Promise<RequestResult | undefined> {
  const rows = await db.query<RequestResult>(sql`
    select kind, resource_id as "resourceId", version from idempotent_requests
    where request_key = ${requestKey} and created_at > ${replaysAfter}`);
  return rows[0];
}

/**
 * Remembers what a call does. False when it was remembered before: this call is a repeat, and the caller rolls back. A
 * repeat that meets the first call half-way waits here until that one is committed.
 */
export async function insertIdempotentRequest(
  tx: Db,
  request: IdempotentRequest & { readonly requestKey: string },
  result: RequestResult,
): Promise<boolean> {
  const rows = await tx.query(sql`
    ${insertRequest(request, result)}
      where idempotent_requests.created_at <= ${request.replaysAfter}
    returning request_key`);
  return rows.length === 1;
}

/** Remembers what a call did, in the place of an earlier, identical one. */
export async function replaceIdempotentRequest(
  tx: Db,
  request: IdempotentRequest & { readonly requestKey: string },
  result: RequestResult,
): Promise<void> {
  await tx.query(insertRequest(request, result));
}

/**
 * Part of a statement: remembers what a call did. `done` is the name of the part whose rows say that it did something;
 * absent: it did. Without a request key there is nothing to remember.
 */
export function insertRequest(request: IdempotentRequest, result: RequestResult, done?: Sql): Sql {
  const requestKey = request.requestKey ?? null;
  const version = result.kind === 'configuration_policy' ? result.version : null;
  return sql`insert into idempotent_requests (request_key, kind, resource_id, version, created_at)
      select ${requestKey}::uuid, ${result.kind}::text, ${result.resourceId}::uuid, ${version}::int, ${request.createdAt}::timestamptz
      from ${done ?? sql`(select) as done`} where ${requestKey}::uuid is not null
      on conflict (request_key) do update set kind = excluded.kind, resource_id = excluded.resource_id,
        version = excluded.version, created_at = excluded.created_at`;
}

/** Forgets calls too old to be repeated. */
export async function deleteRequestsBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`delete from idempotent_requests where created_at <= ${before}`);
}
