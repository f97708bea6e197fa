import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A call that a client may repeat, and what it is answered with. */
export interface IdempotentRequest {
  /** Identifies a repeat of this very call; absent when the client gave no MS-RequestId. */
  readonly requestKey?: string | undefined;
  readonly createdAt: Date;
  /** Repeats of calls from before this time are new calls. */
  readonly replaysAfter: Date;
}

/** What an earlier, identical call was answered with; undefined when there was none after this time. */
export async function findReplay(
  db: Db,
  requestKey: string,
  replaysAfter: Date,
): Promise<string | undefined> {
  const rows = await db.query<{ answer: string }>(sql`
    select answer from idempotent_requests
    where request_key = ${requestKey} and created_at > ${replaysAfter}`);
  return rows[0]?.answer;
}

/**
 * Remembers the answer of a call. False when it was remembered before: this call is a repeat, and the caller rolls
 * back. A repeat that meets the first call half-way waits here until that one is committed.
 */
export async function insertIdempotentRequest(
  tx: Db,
  request: IdempotentRequest & { readonly requestKey: string },
  answer: string,
): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into idempotent_requests (request_key, answer, created_at)
    values (${request.requestKey}, ${answer}, ${request.createdAt})
    on conflict (request_key) do update set answer = excluded.answer, created_at = excluded.created_at
      where idempotent_requests.created_at <= ${request.replaysAfter}
    returning request_key`);
  return rows.length === 1;
}

/** Remembers the answer of a call, in the place of an earlier one to the same call. */
export async function replaceIdempotentRequest(
  tx: Db,
  request: IdempotentRequest & { readonly requestKey: string },
  answer: string,
): Promise<void> {
  await tx.query(sql`
    insert into idempotent_requests (request_key, answer, created_at)
    values (${request.requestKey}, ${answer}, ${request.createdAt})
    on conflict (request_key) do update set answer = excluded.answer, created_at = excluded.created_at`);
}

/**
 * Part of a statement: remembers the answer to a call that did something. `done` is the name of the part whose rows
 * say so. Nothing to remember without a request key.
 */
export function rememberAnswer(request: IdempotentRequest, answer: string, done: Sql): Sql {
  return sql`insert into idempotent_requests (request_key, answer, created_at)
      select ${request.requestKey ?? null}::uuid, ${answer}::text, ${request.createdAt}::timestamptz
      from ${done} where ${request.requestKey ?? null}::uuid is not null
      on conflict (request_key) do update set answer = excluded.answer, created_at = excluded.created_at`;
}

/** Forgets calls too old to be repeated. */
export async function deleteReplaysBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`delete from idempotent_requests where created_at <= ${before}`);
}
