import type { PageQuery } from '@muster/contract/admin/page';
import type { SlowHasher } from '../../authority/slow-hash.ts';
import type { Context } from '../../registry/context.ts';
import { type AdminPage, readAdminPage } from './admin-page.ts';

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
