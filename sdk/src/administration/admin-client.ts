import {
  adminOperations,
  type AdminBodies,
  type AdminItems,
  type AdminResults,
} from '../generated/admin-types.ts';
import { Pages, type Paging } from '../pages.ts';
import type { CallOptions, Transport } from '../transport.ts';

type OperationId = keyof typeof adminOperations;

/** The names in braces of a path. */
type ParameterName<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterName<Rest>
  : never;

/** The input of an operation: a value for each parameter of its path, and its body. */
type Input<Id extends OperationId> = {
  readonly [Name in ParameterName<(typeof adminOperations)[Id]['path']>]: string;
} & (Id extends keyof AdminBodies ? { readonly body: AdminBodies[Id] } : { readonly body?: undefined });

/** The token is called `next` in a page, and `after` in the query of the following one. */
const afterLast: Paging = { tokenMember: 'next', needsItems: true, next: (after) => ({ query: { after } }) };

/** How calls are sent: those that read are retried, those that change something are sent only once. */
export interface AdminTransports {
  readonly read: Transport;
  readonly change: Transport;
}

/** Sends operations of the administration API, by their names in the contract's table. */
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
  ): Pages<AdminItems[Id]> {
    const { query = {}, body: _, ...parameters } = input;
    const path = fillPath(adminOperations[id].path, parameters);
    return new Pages({ transport: this.#transports.read, path, query, options, paging: afterLast });
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
