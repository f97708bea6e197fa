import { parseGuid } from '@muster/contract';
import type { AuditRecord } from '@muster/contract/muster/audit-record';
import { listAuditRecords } from '../../registry/audit/list-audit-records.ts';
import type { AuditRecord as StoredRecord } from '../../store/audit-records.ts';
import { musterEndpoint, pageOf, toListPage } from './muster-endpoint.ts';

/** Who changed what, and who was refused. */
export const auditEndpoints = {
  /** GET auditRecords */
  listAuditRecords: musterEndpoint('listAuditRecords', async (call) => {
    const { since, until, customerId, operation, actor } = call.query;
    const filter = {
      partnerId: call.caller.partnerId,
      since: since === undefined ? undefined : new Date(since),
      until: until === undefined ? undefined : new Date(until),
      customerId: parseGuid(customerId),
      operation,
      actor,
    };
    return toListPage(await listAuditRecords(call.ctx, filter, pageOf(call)), describeRecord);
  }),
};

/** A record in the shape of the contract: members without a value are absent. */
function describeRecord(record: StoredRecord): AuditRecord {
  const { auditRecordId, occurredAt, userId, clientId, customerId, bodyDigest, target } = record;
  const { operation, result, actor, address, requestId, correlationId } = record;
  return {
    id: auditRecordId,
    occurredAt: occurredAt.toISOString(),
    operation,
    result,
    actor,
    ...(userId !== undefined && { userId }),
    ...(clientId !== undefined && { applicationId: clientId }),
    ...(customerId !== undefined && { customerId }),
    address,
    requestId,
    correlationId,
    ...(bodyDigest !== undefined && { bodySha256: bodyDigest }),
    details: Object.entries(target).map(([key, value]) => ({ key, value })),
  };
}
