import { phrase } from '../locale.ts';
import { Fault, RateLimitExceeded } from '../partner-center/fault.ts';
import { faultCatalog, type FaultName } from '../partner-center/fault-catalog.ts';
import type { Operation } from '../partner-center/operations.ts';
import { WireError, type FaultValues } from '../partner-center/wire-error.ts';
import { exampleValues } from './examples.ts';
import type { ApiResponse, Example, Reference } from './open-api-types.ts';
import { jsonResponse } from './publish-schema.ts';

/** Values that fit an operation better than the usual example values. */
export type OwnValues = Partial<Record<FaultName, FaultValues>>;

const { customerId, batchId, deviceId, policyId, trackingId, tenantId, endpointId, eventId } = exampleValues;

/** The values that fill the descriptions of faults in examples. Faults without placeholders need none. */
const values: Partial<Record<FaultName, FaultValues>> = {
  InvalidInput: { member: 'devices[0].serialNumber', problem: phrase('must be text', '必須是文字') },
  MalformedBody: {
    problem: phrase('it is not valid JSON at position 17', '不是有效的 JSON（at position 17）'),
  },
  BodyTooLarge: { limit: 16_777_216 },
  TooManyDevices: { member: 'devices', count: 1200, limit: 1000 },
  TooManyPolicies: { limit: 500 },
  StaleEtag: { member: 'If-Match' },
  Unauthorized: {
    problem: phrase('it has expired', '已過期'),
  },
  AudienceRetired: { audience: 'https://api.partnercenter.microsoft.com' },
  CustomerForbidden: { customerId },
  RoleForbidden: { roles: 'AdminAgents' },
  BatchNotFound: { batchId },
  DeviceNotFound: { deviceId, batchId },
  PolicyNotFound: { policyId },
  BatchJobNotFound: { trackingId },
  JobNotFound: { trackingId },
  TooManyWebhookEndpoints: { limit: 20 },
  WebhookEndpointNotFound: { endpointId },
  WebhookEndpointDisabled: { endpointId },
  WebhookDeliveryNotFound: { eventId },
  JobNotFinished: { trackingId },
  RegisteredDeviceNotFound: { deviceId },
  BatchExists: { batchId, member: 'batchId' },
  PolicyInUse: { count: 3 },
  ResourceNotFound: { kind: 'partner', id: tenantId },
  ResourceExists: { kind: 'partner', member: 'domainName' },
  TooManySecrets: { limit: 10 },
};

/** An error response: every fault with this status, and an example of each. */
export function faultResponse(names: readonly FaultName[], own: OwnValues = {}): ApiResponse {
  const first = names[0];
  const status = first && faultCatalog[first].status;
  const examples = names.map((name) => [name, { summary: name, value: faultExample(name, own[name]) }]);
  return jsonResponse(
    names.map(describe).join('\n\n'),
    Fault,
    Object.fromEntries(examples) as Record<string, Example>,
    ...(status === 401 ? ['WWW-Authenticate'] : []),
  );
}

function describe(name: FaultName): string {
  const { code, description } = faultCatalog[name];
  return `**${name}** (code ${code}): ${description['en-US']}`;
}

/** Responses that are the same for every operation. */
export const sharedResponses: Readonly<Record<string, ApiResponse>> = {
  Unauthorized: faultResponse(['TokenMissing', 'Unauthorized', 'AudienceRetired', 'MfaRequired']),
  RateLimitExceeded: jsonResponse(
    'Too many requests from this partner, or from this partner for this customer. The body is not a fault, as in Partner Center.',
    RateLimitExceeded,
    {
      RateLimitExceeded: {
        summary: 'RateLimitExceeded',
        value: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 57 seconds.' },
      },
    },
    'Retry-After',
  ),
  InternalError: faultResponse(['InternalError']),
  ServiceUnavailable: faultResponse(['ServiceUnavailable']),
};

/** The error responses that every operation can return. */
const everywhere: Readonly<Record<string, Reference>> = {
  '401': { $ref: '#/components/responses/Unauthorized' },
  '429': { $ref: '#/components/responses/RateLimitExceeded' },
  '500': { $ref: '#/components/responses/InternalError' },
  '503': { $ref: '#/components/responses/ServiceUnavailable' },
};

/** Every error response of an operation, by status. */
export function faultResponsesOf(operation: Operation): Record<string, ApiResponse | Reference> {
  const own = faultResponsesByStatus([...operation.faults, ...refusals(operation)], ownValues(operation));
  return { ...own, ...everywhere };
}

/** A response for each status of these faults. */
export function faultResponsesByStatus(
  names: readonly FaultName[],
  own?: OwnValues,
): Record<string, ApiResponse> {
  const byStatus = Object.groupBy(names, (name) => faultCatalog[name].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, some = []]) => [status, faultResponse(some, own)]),
  );
}

function ownValues({ query, body, roles }: Operation): OwnValues {
  const count = phrase('must be a whole number', '必須是整數');
  const names = Object.keys((query as { properties?: object } | undefined)?.properties ?? {});
  const member = names.find((name) => name === 'limit' || name === 'size');
  return {
    RoleForbidden: { roles: roles.join(' or ') },
    ...(!body && member !== undefined && { InvalidInput: { member, problem: count } }),
  };
}

function refusals({ path, requiresUser }: Operation): FaultName[] {
  return [
    'RoleForbidden',
    ...(path.includes('{customerId}') ? (['InvalidCustomerId', 'CustomerForbidden'] as const) : []),
    ...(requiresUser ? (['AppUserRequired'] as const) : []),
  ];
}

/** An example of a fault in English. `own` overrides the usual example values. */
function faultExample(name: FaultName, own?: FaultValues): Fault {
  return new WireError(name, own ?? values[name]).toFault('en-US');
}
