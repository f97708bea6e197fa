import type { Context } from './context.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import { getPageTokenKey } from '../store/registry/page-token-keys.ts';

/** Which page of a list is wanted. */
export interface PageRequest {
  readonly limit: number;
  /** The `nextCursor` of the page before; undefined: the first page. */
  readonly cursor: string | undefined;
}

/** One page of a list. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Undefined: no page follows. */
  readonly nextCursor: string | undefined;
}

/** How a list is read from any place in it. A place is plain JSON. */
interface ListReader<Item, Place> {
  /** Names the list and whose it is: a cursor of one list is none of another. */
  readonly list: string;
  readonly readAfter: (place: Place | undefined, limit: number) => Promise<readonly Item[]>;
  readonly placeOf: (item: Item) => Place;
}

/** Reads one page, and one item more than it has, to know whether another follows. Throws `page-token-invalid`. */
export async function readPage<Item, Place>(
  ctx: Context,
  { limit, cursor }: PageRequest,
  { list, readAfter, placeOf }: ListReader<Item, Place>,
): Promise<ListPage<Item>> {
  const scope = { key: await getPageTokenKey(ctx.db), list };
  // Signed by us, so it is what `placeOf` gave.
  const place = cursor === undefined ? undefined : (JSON.parse(decodePageToken(scope, cursor)) as Place);
  const found = await readAfter(place, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const hasNext = found.length > limit && last !== undefined;
  return {
    items,
    nextCursor: hasNext ? encodePageToken(scope, JSON.stringify(placeOf(last))) : undefined,
  };
}
