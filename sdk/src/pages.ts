import { toUnreadableError } from './errors.ts';
import type { Call, CallOptions, CallResult, Transport } from './transport.ts';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The number of items in the whole list; undefined if the service does not report it. */
  readonly totalCount: number | undefined;
}

/** How an API pages its lists: where the token of the next page is found, and how it is sent. */
export interface Paging {
  /** The member of a page that holds the token of the next one. */
  readonly tokenMember: string;
  /** Whether a response without items is invalid. Otherwise it is an empty page. */
  readonly needsItems: boolean;
  /** What is sent with a token, in addition to the query or the body of the first page. */
  readonly next: (
    token: string,
  ) => Pick<Call, 'headers'> & { readonly query?: Query; readonly body?: object };
}

type Query = Readonly<Record<string, string>>;

/** The paging of Partner Center: the token is sent in headers. Its SDKs use one name, its page on paging the other. */
export const continuation: Paging = {
  tokenMember: 'continuationToken',
  needsItems: false,
  next: (token) => ({ headers: { 'MS-ContinuationToken': token, ContinuationToken: token } }),
};

/** Where a list comes from. */
export interface PageSource {
  readonly transport: Transport;
  readonly path: string;
  readonly query?: Query | undefined;
  /** What is sent with POST to a list that is asked for so. Default: GET, without a body. */
  readonly body?: object | undefined;
  readonly options?: CallOptions | undefined;
  /** Default: `continuation`. */
  readonly paging?: Paging | undefined;
}

/** A list that is fetched page by page as it is read: `for await (const item of pages)`. Each iteration starts from the beginning. */
export class Pages<T> implements AsyncIterable<T> {
  readonly #source: PageSource;

  constructor(source: PageSource) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.byPage()) yield* page.items;
  }

  /** All items at once. */
  async toArray(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) items.push(item);
    return items;
  }

  /** The pages themselves. Throws an `UnreadableResponseError` if a token is repeated, because the list would never end. */
  async *byPage(): AsyncGenerator<Page<T>, void, undefined> {
    const { transport, paging = continuation } = this.#source;
    const seenTokens = new Set<string>();
    let token: string | undefined;
    do {
      const result = await transport.send(this.#call(token, paging));
      const { items, totalCount, [paging.tokenMember]: next } = readRecord(result);
      if (paging.needsItems && !Array.isArray(items)) throw notList(result);
      yield {
        items: Array.isArray(items) ? (items as T[]) : [],
        totalCount: typeof totalCount === 'number' ? totalCount : undefined,
      };
      token = typeof next === 'string' && next !== '' ? next : undefined;
      if (token !== undefined && seenTokens.has(token))
        throw toUnreadableError(
          result,
          'The service gave the same page token twice: the list would never end.',
        );
      if (token !== undefined) seenTokens.add(token);
    } while (token !== undefined);
  }

  #call(token: string | undefined, paging: Paging): Call {
    const { path, query, body, options } = this.#source;
    const next: Partial<ReturnType<Paging['next']>> = token === undefined ? {} : paging.next(token);
    const parameters = new URLSearchParams({ ...query, ...next.query }).toString();
    return {
      method: body ? 'POST' : 'GET',
      path: parameters === '' ? path : `${path}?${parameters}`,
      headers: next.headers,
      ...(body && { body: JSON.stringify({ ...body, ...next.body }) }),
      // One request id must not name two different calls.
      options: token === undefined ? options : { ...options, requestId: undefined },
    };
  }
}

function readRecord(result: CallResult): Readonly<Record<string, unknown>> {
  if (typeof result.body !== 'object' || result.body === null) throw notList(result);
  return result.body as Record<string, unknown>;
}

function notList(result: CallResult): Error {
  return toUnreadableError(result, 'The answer is not a list.');
}
