import { WireError, mustBeGuid, parseGuid } from '@muster/contract';
import {
  type AdminOperation,
  type AdminOperationId,
  adminOperations,
} from '@muster/contract/admin/admin-operations';
import { PageQuery } from '@muster/contract/admin/page';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SlowHasher } from '../../authority/slow-hash.ts';
import { parseJsonBody } from '../../http/request-body.ts';
import type { Context } from '../../registry/context.ts';
import { type AdminAdmission, admitAdministrator } from './admin-admission.ts';
import type { AdminHandler } from './admin-call.ts';
import { auditAdministration } from './audit-administration.ts';
import { administratorHandlers } from './administrators.ts';
import { applicationHandlers } from './applications.ts';
import { customerHandlers } from './customers.ts';
import { partnerHandlers } from './partners.ts';
import { signingKeyHandlers } from './signing-keys.ts';
import { userHandlers } from './users.ts';

/** The handler of every administration operation. A row without one does not compile. */
const handlers = {
  ...partnerHandlers,
  ...applicationHandlers,
  ...userHandlers,
  ...customerHandlers,
  ...signingKeyHandlers,
  ...administratorHandlers,
} satisfies Record<AdminOperationId, unknown>;

interface AdminParts {
  readonly admission: AdminAdmission;
  readonly hasher: SlowHasher;
}

/** A list of redirect URIs is the largest thing there is. */
const requestBytesMax = 256 * 1024;

/** Mounts the administration API at /admin/v1. */
export function addAdminRoutes(app: FastifyInstance, ctx: Context, parts: AdminParts): void {
  for (const id of Object.keys(adminOperations) as AdminOperationId[]) addRoute(app, ctx, { ...parts, id });
}

function addRoute(
  app: FastifyInstance,
  ctx: Context,
  { admission, hasher, id }: AdminParts & { id: AdminOperationId },
): void {
  const operation: AdminOperation = adminOperations[id];
  const { body: bodySchema } = operation;
  // The schema of the body and the handler belong to the same row; the loop over rows cannot show that to the compiler.
  const handler = handlers[id] as AdminHandler<unknown>;
  app.route({
    method: operation.method,
    config: { operationId: id },
    url: `/admin/v1${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit: requestBytesMax,
    schema: { ...(bodySchema && { body: bodySchema }), querystring: PageQuery },
    onRequest: (request) => admitAdministrator(ctx, admission, request),
    preValidation: async (request) => {
      if (bodySchema) request.body = parseJsonBody(request.body) ?? {};
    },
    handler: async (request, reply) => {
      const caller = request.administrator;
      if (!caller) throw new Error('A request reached its operation without an administrator.');
      const carryOut = (callCtx: Context): Promise<unknown> =>
        handler({
          ctx: callCtx,
          hasher,
          caller,
          param: (name) => readParameter(request, name),
          query: request.query as PageQuery,
          body: request.body,
        });
      const answer =
        operation.method === 'GET'
          ? await carryOut(ctx)
          : await auditAdministration(ctx, { request, id, administrator: caller.name }, carryOut);
      // Some responses contain a secret that is shown once.
      reply.code(operation.success.status).header('Cache-Control', 'no-store');
      return operation.success.status === 204 ? reply.send() : reply.send(answer);
    },
  });
}

/** Sign-in names and key IDs are not GUIDs. */
const freeParameters = new Set(['userId', 'keyId']);

function readParameter(request: FastifyRequest, name: string): string {
  const given = (request.params as Readonly<Record<string, string>>)[name] ?? '';
  const guid = parseGuid(given);
  if (guid !== undefined) return guid;
  if (!freeParameters.has(name) || given === '' || given.includes('\0'))
    throw new WireError('InvalidInput', { member: name, problem: mustBeGuid });
  return given;
}
