import { Type, type TSchema } from '../schema.ts';
import * as administrators from '../admin/administrator.ts';
import * as applications from '../admin/application.ts';
import * as adminCustomers from '../admin/customer.ts';
import * as partners from '../admin/partner.ts';
import * as signingKeys from '../admin/signing-key.ts';
import * as users from '../admin/user.ts';
import * as auditRecords from '../muster/audit-record.ts';
import * as registeredDevices from '../muster/device.ts';
import * as hardwareHashes from '../muster/hardware-hash.ts';
import * as jobs from '../muster/job.ts';
import * as events from '../muster/event.ts';
import * as webhookEndpoints from '../muster/webhook-endpoint.ts';
import * as removals from '../muster/removal.ts';
import * as batchJobs from '../partner-center/batch-upload-details.ts';
import * as policies from '../partner-center/configuration-policy.ts';
import * as customers from '../partner-center/customer.ts';
import * as deviceBatches from '../partner-center/device-batch.ts';
import * as devices from '../partner-center/device.ts';
import * as dryRuns from '../partner-center/dry-run.ts';
import * as faults from '../partner-center/fault.ts';
import * as mfaReports from '../partner-center/mfa-reports.ts';
import * as profiles from '../partner-center/organization-profile.ts';
import * as collections from '../partner-center/resource-collection.ts';
import { responseHeaders } from './header-components.ts';
import type { ApiResponse, Example, JsonSchema } from './open-api-types.ts';
import * as tokens from './token-schemas.ts';

/** The response of the health checks. */
export const HealthReport = Type.Object(
  {
    status: Type.Union([Type.Literal('live'), Type.Literal('ready'), Type.Literal('not ready')]),
  },
  { description: 'Whether a node accepts requests.' },
);

const headerSets = new Set(['ContinuationHeaders', 'IfMatchHeader']);

/** The schemas that have a name in the document. Other schemas refer to them. */
const namedSchemas = Object.entries({
  ...batchJobs,
  ...deviceBatches,
  ...devices,
  ...policies,
  ...customers,
  ...profiles,
  ...mfaReports,
  ...jobs,
  ...webhookEndpoints,
  ...auditRecords,
  ...removals,
  ...registeredDevices,
  ...hardwareHashes,
  ...events,
  ...collections,
  ...dryRuns,
  ...faults,
  ...tokens,
  HealthReport,
  ...partners,
  ...applications,
  ...users,
  ...adminCustomers,
  ...signingKeys,
  ...administrators,
}).filter(isNamed);

/** Headers, queries and plain strings have no name: they are part of the parameters of their operations. */
function isNamed(entry: [string, unknown]): entry is [string, TSchema] {
  const [name, schema] = entry;
  if (typeof schema !== 'object' || schema === null) return false;
  if (headerSets.has(name) || name.endsWith('Query')) return false;
  return 'anyOf' in schema || 'enum' in schema || ('type' in schema && schema.type !== 'string');
}

/** The names of schemas by their JSON, because making a member optional copies its schema. */
const nameByText = new Map(namedSchemas.map(([name, schema]) => [JSON.stringify(schema), name]));

/** A schema of the contract as it is published: plain JSON, with references to named schemas. */
export function publishSchema(schema: TSchema): JsonSchema {
  return publish(toJson(schema)) as JsonSchema;
}

/** A response with a JSON body. `headers` are listed before those of every response. */
export function jsonResponse(
  description: string,
  schema: TSchema,
  examples?: Readonly<Record<string, Example>>,
  ...headers: string[]
): ApiResponse {
  return {
    description,
    headers: responseHeaders(...headers),
    content: { 'application/json': { schema: publishSchema(schema), ...(examples && { examples }) } },
  };
}

/** The name of a schema in the document, if it has one. */
export function nameOfSchema(schema: TSchema): string | undefined {
  return nameByText.get(JSON.stringify(schema));
}

/** The schemas to which parts of a document refer, directly or indirectly, by name. */
export function publishReferredSchemas(...parts: readonly object[]): Readonly<Record<string, JsonSchema>> {
  const found: Record<string, JsonSchema> = {};
  const add = (part: object): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const schema = namedSchemas.find(([known]) => known === name)?.[1];
      if (!schema || found[name]) continue;
      found[name] = publishMembers(toJson(schema));
      add(found[name]);
    }
  };
  parts.forEach(add);
  return found;
}

function publish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(publish);
  if (typeof value !== 'object' || value === null) return value;
  const name = nameByText.get(JSON.stringify(value));
  return name === undefined ? publishMembers(value) : { $ref: `#/components/schemas/${name}` };
}

function publishMembers(value: object): JsonSchema {
  // `$id` would change the meaning of the references below it.
  const members = Object.entries(value).filter(([key]) => key !== '$id');
  return joinConstants(Object.fromEntries(members.map(([key, member]) => [key, publish(member)])));
}

/** Publishes a union of string literals as an enum. */
function joinConstants(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return schema;
  const constants = (anyOf as readonly JsonSchema[]).map((one) => one.const);
  if (!constants.every((one) => typeof one === 'string')) return schema;
  return { type: 'string', enum: constants, ...rest };
}

/** JSON removes the markers on schemas, which are symbols and hidden members. */
function toJson(schema: TSchema): object {
  return JSON.parse(JSON.stringify(schema)) as object;
}
