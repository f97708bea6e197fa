import { type PageQuery, pageSizeDefault } from '@muster/contract/admin/page';
import type { SlowHasher } from '../../authority/slow-hash.ts';
import type { Context } from '../../registry/context.ts';
import { mustBeGuid, parseGuid, WireError } from '@muster/contract';

/** Who makes a request to the administration API. */
export interface AdminCaller {
  /** For the log. */
  readonly name: string;
  /** Absent for the secret in the setting. */
  readonly administratorId?: string;
}

/** A request to the administration API, after authentication and validation. */
export interface AdminCall<Body = unknown> {
  readonly ctx: Context;
  readonly hasher: SlowHasher;
  readonly caller: AdminCaller;
  /** A path parameter; GUIDs in lower case. */
  readonly param: (name: string) => string;
  readonly query: PageQuery;
  readonly body: Body;
}

/** Answers one operation of the administration API. */
export type AdminHandler<Body = never> = (call: AdminCall<Body>) => Promise<unknown>;

/** The requested part of a list. */
export function pageOf(call: AdminCall): AdminPage {
  return readAdminPage(call.query);
}

/** Which part of a list to read: `size` rows whose id is after `after`. */
export interface AdminPage {
  readonly after: string;
  readonly size: number;
}

/** Before every other id. */
const firstId = '00000000-0000-0000-0000-000000000000';

/** Reads `size` and `after`. Throws InvalidInput for an `after` that is no id. */
export function readAdminPage(query: PageQuery): AdminPage {
  const after = query.after === undefined ? firstId : parseGuid(query.after);
  if (after === undefined) throw new WireError('InvalidInput', { member: 'after', problem: mustBeGuid });
  return { after, size: query.size === undefined ? pageSizeDefault : Number(query.size) };
}

/**
 * Reads one row more than the page has, to know whether there is a next one.
 * @param read gives the rows after an id; @param idOf names a row.
 */
export async function toPage<Row>(
  page: AdminPage,
  read: (page: AdminPage) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): Promise<{ items: readonly Row[]; next?: string }> {
  const rows = await read({ ...page, size: page.size + 1 });
  const last = rows[page.size - 1];
  if (rows.length <= page.size || last === undefined) return { items: rows };
  return { items: rows.slice(0, page.size), next: idOf(last) };
}
