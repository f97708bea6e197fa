import { toUnreadableError } from '../errors.ts';
import {
  adminOperations,
  type AdminBodies,
  type AdminItems,
  type AdminResults,
} from '../generated/admin-types.ts';
import type { CallOptions, CallResult, Transport } from '../transport.ts';

type OperationId = keyof typeof adminOperations;

/** The names in braces of a path. */
type ParameterName<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterName<Rest>
  : never;

/** What a call of the operation takes: a value for each parameter of its path, and its body. */
type Input<Id extends OperationId> = {
  readonly [Name in ParameterName<(typeof adminOperations)[Id]['path']>]: string;
} & (Id extends keyof AdminBodies ? { readonly body: AdminBodies[Id] } : { readonly body?: undefined });

interface ListRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly options: CallOptions | undefined;
}

/** How calls are sent: those that read are tried again, those that change something are sent once. */
export interface AdminTransports {
  readonly read: Transport;
  readonly change: Transport;
}

/** Sends the operations of the administration API, by the names in the contract's table. */
export class AdminClient {
  readonly #transports: AdminTransports;

  constructor(transports: AdminTransports) {
    this.#transports = transports;
  }

  async call<Id extends keyof AdminResults>(
    id: Id,
    input: Input<Id>,
    options?: CallOptions,
  ): Promise<AdminResults[Id]> {
    const { method, path } = adminOperations[id];
    const { body, ...parameters } = input;
    const transport = method === 'GET' ? this.#transports.read : this.#transports.change;
    const answer = await transport.send({
      method,
      path: fillPath(path, parameters),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      options,
    });
    return answer.body as AdminResults[Id];
  }

  list<Id extends keyof AdminItems>(
    id: Id,
    input: Input<Id> & { readonly query?: Readonly<Record<string, string>> },
    options?: CallOptions,
  ): AdminList<AdminItems[Id]> {
    const { query = {}, body: _, ...parameters } = input;
    const path = fillPath(adminOperations[id].path, parameters);
    return new AdminList(this.#transports.read, { path, query, options });
  }
}

function fillPath(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name] ?? '';
    // An empty value names another resource, and URL parsers remove `.` and `..`.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`"${value}" cannot be used as ${name}.`);
    return encodeURIComponent(value);
  });
}

/** A list of the administration API, fetched page by page while it is read. Each reading starts over. */
export class AdminList<T> implements AsyncIterable<T> {
  readonly #transport: Transport;
  readonly #request: ListRequest;

  constructor(transport: Transport, request: ListRequest) {
    this.#transport = transport;
    this.#request = request;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const { path, query, options } = this.#request;
    let after: string | undefined;
    do {
      const parameters = new URLSearchParams({ ...query, ...(after !== undefined && { after }) }).toString();
      const answer = await this.#transport.send({
        method: 'GET',
        path: parameters === '' ? path : `${path}?${parameters}`,
        options: after === undefined ? options : { ...options, requestId: undefined },
      });
      const page = readPage<T>(answer);
      yield* page.items;
      if (page.next === after && after !== undefined)
        throw toUnreadableError(answer, 'The service returned the same page twice.');
      after = page.next;
    } while (after !== undefined);
  }

  /** All items at once. */
  async toArray(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) items.push(item);
    return items;
  }
}

function readPage<T>(answer: CallResult): {
  readonly items: readonly T[];
  readonly next: string | undefined;
} {
  const { items, next } = (answer.body ?? {}) as { items?: unknown; next?: unknown };
  if (!Array.isArray(items)) throw toUnreadableError(answer, 'The answer is not a list.');
  return { items: items as T[], next: typeof next === 'string' && next !== '' ? next : undefined };
}
