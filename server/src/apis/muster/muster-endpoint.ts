import { musterOperations, type MusterOperationId } from '@muster/contract/muster/muster-operations';
import { pageLimitDefault, type MusterOperation } from '@muster/contract/muster/muster-operation';
import type { FastifyReply } from 'fastify';
import type { Static, TSchema } from '@muster/contract/schema';
import { digestBody, parseJsonBody } from '../../http/request-body.ts';
import type { ListPage, PageRequest } from '../../registry/read-page.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { createCheck } from '../check-shape.ts';
import { newCall, type BodyOf, type Endpoint, type OperationCall, type ResultOf } from '../endpoint.ts';
import { musterFaultOf } from './muster-faults.ts';
import { createQueryReader } from './read-query.ts';

type Row<Id extends MusterOperationId> = (typeof musterOperations)[Id];

/** The query of an operation, as its row describes it. */
type QueryOf<Id extends MusterOperationId> =
  Row<Id> extends { query: infer Schema extends TSchema } ? Static<Schema> : Readonly<Record<string, never>>;

/** A request to an operation of Muster's own API. */
export interface MusterCall<Query = unknown, Body = unknown> extends Omit<OperationCall<Body>, 'query'> {
  /** Checked, numbers and booleans as such. */
  readonly query: Query;
}

/** Calls a verb and puts what it returns into the shape of the contract. */
type Handler<Id extends MusterOperationId> = (
  call: MusterCall<QueryOf<Id>, BodyOf<Row<Id>>>,
) => Promise<FastifyReply | ResultOf<Row<Id>> | undefined>;

/** An operation of Muster's own API: its query and its body are read by their schemas, as they are spelled there. */
export function musterEndpoint<Id extends MusterOperationId>(
  id: Id,
  handler: Handler<Id>,
  { takesDevices = false } = {},
): Endpoint {
  const operation: MusterOperation = musterOperations[id];
  const { body: bodySchema, query: querySchema, success } = operation;
  const readQuery = querySchema && createQueryReader(querySchema);
  const checkBody = bodySchema && createCheck(bodySchema);
  return {
    takesDevices,
    handle: async (parts, request, reply) => {
      const digest = digestBody(request.body);
      const query = readQuery?.(request.query as Record<string, unknown>) ?? {};
      const body = bodySchema && parseJsonBody(request.body);
      checkBody?.(body);
      const call = { ...newCall(parts, { id, operation, request, reply, digest }), query, body };
      reply.code(call.isDryRun ? 200 : success.status);
      return handler(call as MusterCall<QueryOf<Id>, BodyOf<Row<Id>>>).catch((error: unknown) => {
        throw error instanceof RegistryError ? musterFaultOf(error.refusal) : error;
      });
    },
  };
}

/** Which page of a list the query of a request asks for. */
export function pageOf({ query }: MusterCall<{ limit?: number; cursor?: string }>): PageRequest {
  return { limit: query.limit ?? pageLimitDefault, cursor: query.cursor };
}

/** A page of a list in the shape of the contract. */
export function toListPage<Item, Described>(
  { items, nextCursor }: ListPage<Item>,
  describe: (item: Item) => Described,
): { items: Described[]; nextCursor?: string } {
  return { items: items.map((item) => describe(item)), ...(nextCursor !== undefined && { nextCursor }) };
}
