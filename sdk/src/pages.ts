import { toUnreadableError } from './errors.ts';
import type { Call, CallOptions, CallResult, Transport } from './transport.ts';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** All items of the list, where the service tells; undefined where it does not. */
  readonly totalCount: number | undefined;
}

/** Where a list comes from. */
export interface PageSource {
  readonly transport: Transport;
  readonly path: string;
  /** Of the first page. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Of the pages after it, beside their token. */
  readonly nextQuery?: Readonly<Record<string, string>> | undefined;
  readonly options?: CallOptions | undefined;
}

/** A list that is fetched page by page while it is read: `for await (const item of pages)`. Each reading starts anew. */
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

  /** The pages themselves. Throws an `UnreadableResponseError` when a token comes twice, which would never end. */
  async *byPage(): AsyncGenerator<Page<T>, void, undefined> {
    const seenTokens = new Set<string>();
    let token: string | undefined;
    do {
      const result = await this.#source.transport.send(this.#call(token));
      const body = readCollection(result);
      yield { items: body.items as T[], totalCount: body.totalCount };
      token = body.continuationToken;
      if (token !== undefined && seenTokens.has(token))
        throw toUnreadableError(
          result,
          'The service gave the same page token twice: the list would never end.',
        );
      if (token !== undefined) seenTokens.add(token);
    } while (token !== undefined);
  }

  #call(token: string | undefined): Call {
    const { path, query, nextQuery, options } = this.#source;
    const parameters = new URLSearchParams(
      token === undefined ? query : { ...query, ...nextQuery },
    ).toString();
    return {
      method: 'GET',
      path: parameters === '' ? path : `${path}?${parameters}`,
      // Both names are documented: the first by Microsoft's SDKs, the second by its paging page.
      headers: token === undefined ? {} : { 'MS-ContinuationToken': token, ContinuationToken: token },
      // One request id must not name two different calls.
      options: token === undefined ? options : { ...options, requestId: undefined },
    };
  }
}

interface Collection {
  readonly items: readonly unknown[];
  readonly totalCount: number | undefined;
  readonly continuationToken: string | undefined;
}

function readCollection(result: CallResult): Collection {
  const { body } = result;
  if (typeof body !== 'object' || body === null) throw toUnreadableError(result, 'The answer is not a list.');
  const { items, totalCount, continuationToken } = body as Record<string, unknown>;
  return {
    items: Array.isArray(items) ? items : [],
    totalCount: typeof totalCount === 'number' ? totalCount : undefined,
    continuationToken:
      typeof continuationToken === 'string' && continuationToken !== '' ? continuationToken : undefined,
  };
}
