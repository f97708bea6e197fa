import { Pages, type Paging } from '../pages.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions } from '../transport.ts';

/** The lists of Muster's own API: `nextCursor` in a page, `cursor` in the query of the following one. */
const byCursor: Paging = {
  tokenMember: 'nextCursor',
  needsItems: true,
  next: (cursor) => ({ query: { cursor } }),
};

/** What the lists have in common. */
export interface CursorListOptions extends CallOptions {
  /** Items on a page: 1 to 1000. Default: the service's own choice. */
  readonly pageSize?: number | undefined;
}

type Filters = Readonly<Record<string, string | boolean | Date | undefined>>;

/** A list of Muster's own API, fetched page by page while it is read. */
export function listByCursor<T>(
  { transport, path }: Endpoint,
  filters: Filters,
  { pageSize, ...options }: CursorListOptions,
): Pages<T> {
  const limit = pageSize === undefined ? {} : { limit: String(pageSize) };
  return new Pages({ transport, path, query: { ...toQuery(filters), ...limit }, options, paging: byCursor });
}

/** Filters as a query; those that are undefined are left out. */
export function toQuery(filters: Filters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : String(value)]],
    ),
  );
}
