import { parseGuid } from '@muster/contract';
import type { AdminOperationId } from '@muster/contract/admin/admin-operations';
import type { FastifyRequest } from 'fastify';
import { auditChange, type AuditTrail } from '../../registry/audit/audit-change.ts';
import type { Context } from '../../registry/context.ts';
import { originOf } from '../audit-trail.ts';

interface AdminChange {
  readonly request: FastifyRequest;
  readonly id: AdminOperationId;
  readonly administrator: string;
}

/**
 * Carries out a change of an administrator, with its audit record, and logs it in one line: who did what to what. Ids and
 * names only, never what an answer shows once.
 */
export async function auditAdministration(
  ctx: Context,
  { request, id, administrator }: AdminChange,
  change: (ctx: Context) => Promise<unknown>,
): Promise<unknown> {
  const audit: AuditTrail = {
    partnerId: undefined,
    customerId: undefined,
    operation: id,
    result: 'succeeded',
    actor: administrator,
    userId: undefined,
    clientId: undefined,
    ...originOf(request),
    bodyDigest: undefined,
    target: {},
    isReplay: false,
  };
  const answer = await auditChange(ctx, audit, async (callCtx) => {
    const made = await change(callCtx);
    Object.assign(audit.target, targetOf(request, made));
    audit.partnerId = parseGuid(audit.target.partnerId ?? '');
    audit.customerId = parseGuid(audit.target.customerId ?? '');
    return made;
  });
  const { target, address, correlationId } = audit;
  request.log.info({ administrator, action: id, target, address, correlationId }, 'administration');
  return answer;
}

/** The ids in the path and in the response. */
function targetOf(request: FastifyRequest, answer: unknown): Record<string, string> {
  const made = typeof answer === 'object' && answer !== null ? answer : {};
  const ids = Object.entries(made).filter(
    (entry): entry is [string, string] => entry[0].endsWith('Id') && typeof entry[1] === 'string',
  );
  return { ...(request.params as Record<string, string>), ...Object.fromEntries(ids) };
}
