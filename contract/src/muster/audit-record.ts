import { Type, type Static } from '../schema.ts';
import { Text } from '../text.ts';
import { Guid, ListPage, Query, Time, pageQuery, type MusterOperation } from './muster-operation.ts';

/** Whether the change was made, or its sender may not make it. */
export const AuditResult = Type.Union([Type.Literal('succeeded'), Type.Literal('refused')], {
  description: '`refused`: the sender was known, but may not do that.',
});
export type AuditResult = Static<typeof AuditResult>;

/** One thing that a change was about. */
export const AuditDetail = Type.Object(
  {
    key: Type.String({ description: 'Such as batchId, deviceId, policyId, batchTrackingId.' }),
    value: Type.String(),
  },
  { description: 'One thing that a change was about.' },
);
export type AuditDetail = Static<typeof AuditDetail>;

/** Who changed what. Members that do not apply are absent. */
export const AuditRecord = Type.Object(
  {
    id: Type.String({ description: 'A GUID.' }),
    occurredAt: Type.String({ description: 'ISO 8601, UTC.' }),
    operation: Type.String({ description: 'The name of the operation in this document.' }),
    result: AuditResult,
    actor: Type.String({ description: 'The name of the user, the application or the administrator.' }),
    userId: Type.Optional(Type.String({ description: 'The signed-in user.' })),
    applicationId: Type.Optional(Type.String({ description: 'The client ID of the application.' })),
    customerId: Type.Optional(Type.String({ description: 'The customer that it concerned.' })),
    address: Type.String({ description: 'The IP address of the sender.' }),
    requestId: Type.String({ description: 'The MS-RequestId.' }),
    correlationId: Type.String({ description: 'The MS-CorrelationId.' }),
    bodySha256: Type.Optional(Type.String({ description: "SHA-256 of the request's body, in hexadecimal." })),
    details: Type.Array(AuditDetail, { description: 'What was changed.' }),
  },
  { description: 'Who changed what, or was refused. It never changes, and holds no hash and no secret.' },
);
export type AuditRecord = Static<typeof AuditRecord>;

export const AuditRecordPage = ListPage(AuditRecord, 'Audit records, the newest first.');
export type AuditRecordPage = Static<typeof AuditRecordPage>;

/** Which audit records. */
export const AuditRecordQuery = Query({
  ...pageQuery,
  since: Type.Optional(Time('Records from this time on.')),
  until: Type.Optional(Time('Records before this time.')),
  customerId: Type.Optional(Guid("One customer's. Default: all.")),
  operation: Type.Optional(
    Text({
      minLength: 1,
      maxLength: 64,
      description: 'The name of an operation, such as `createDeviceBatch`.',
    }),
  ),
  actor: Type.Optional(
    Text({
      minLength: 1,
      maxLength: 256,
      description: 'The name of a user, an application or an administrator.',
    }),
  ),
});
export type AuditRecordQuery = Static<typeof AuditRecordQuery>;

/** Audit records, one row per operation. */
export const auditOperations = {
  listAuditRecords: {
    method: 'GET',
    path: '/auditRecords',
    summary: 'List who changed what, and who was refused, the newest first.',
    description:
      'Every change is recorded in its own transaction. Of refusals, at most 60 a minute are recorded for a partner.',
    reference: 'docs/muster-api.md#audit-records',
    roles: ['AdminAgents', 'GlobalAdmin'],
    query: AuditRecordQuery,
    success: { status: 200, body: AuditRecordPage },
    faults: ['InvalidInput'],
  },
} as const satisfies Record<string, MusterOperation>;
