import { Type, type TSchema } from '../schema.ts';
import { administratorOperations } from '../admin/administrator.ts';
import { applicationOperations } from '../admin/application.ts';
import { customerOperations } from '../admin/customer.ts';
import { PageQuery, type AdminOperation } from '../admin/fields.ts';
import { partnerOperations } from '../admin/partner.ts';
import { signingKeyOperations } from '../admin/signing-key.ts';
import { userOperations } from '../admin/user.ts';
import examples from '../examples/administration.json' with { type: 'json' };
import { exampleValues } from './examples.ts';
import { faultResponse, faultResponsesByStatus, sharedResponses } from './fault-responses.ts';
import { headerComponents, headerParameters, responseHeaders } from './header-components.ts';
import type { ApiResponse, OpenApiDocument, OpenApiOperation, Parameter } from './open-api-types.ts';
import { headerReferences, optionalParameters } from './operation-parameters.ts';
import { jsonResponse, nameOfSchema, publishReferredSchemas, publishSchema } from './publish-schema.ts';

/** The operations by noun, and a description of each noun. */
const nouns: readonly (readonly [string, string, Readonly<Record<string, AdminOperation>>])[] = [
  ['Partners', 'Tenants that manage devices for their customers.', partnerOperations],
  ['Applications', 'Programs that sign in, and their secrets.', applicationOperations],
  ['Users', 'People who sign in.', userOperations],
  ['Customers', 'Organizations whose devices partners register.', customerOperations],
  ['Signing keys', 'The keys that sign access tokens.', signingKeyOperations],
  ['Administrators', 'People who can use this API.', administratorOperations],
];

/** The administration API in OpenAPI 3.1, generated from the same tables as its routes. `serverUrl` has no trailing slash. */
export function adminDocument(serverUrl: string): OpenApiDocument {
  const paths = adminPaths();
  const { InternalError, ServiceUnavailable } = sharedResponses;
  const Unauthorized = faultResponse(['TokenMissing', 'Unauthorized']);
  const responses = { Unauthorized, InternalError, ServiceUnavailable } as Record<string, ApiResponse>;
  const headers = Object.entries(headerComponents).filter(
    ([name]) => name.startsWith('MS-') || name === 'WWW-Authenticate',
  );
  return {
    openapi: '3.1.1',
    info: {
      title: 'Muster administration',
      version: 'v1',
      summary: 'Partners, their applications and users, customers, signing keys and administrators.',
      description: introduction,
      contact: { name: 'The operator of this service', url: serverUrl },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: { url: `${serverUrl}/openapi.json`, description: 'The device deployment API' },
    servers: [{ url: serverUrl, description: 'This service' }],
    tags: nouns.map(([name, description]) => ({ name, description })),
    security: [{ administrator: [] }],
    paths,
    components: {
      schemas: publishReferredSchemas(paths, responses),
      parameters: headerParameters,
      headers: Object.fromEntries(headers),
      responses,
      securitySchemes: {
        administrator: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The secret of an administrator. `admin-credentials.json` contains that of the first one.',
        },
      },
    },
  };
}

const introduction = `Muster's own API, which Partner Center does not have. Every request requires the secret of an administrator as its bearer token.

**Lists** are paged: to get the next page, send the \`next\` of a page as \`after\`. The last page has no \`next\`.

**Secrets and passwords** are shown once, in the response to the request that creates them.

**Errors** are faults, as in the device deployment API, with the members \`code\`, \`description\`, \`data\` and \`source\`. A request with an unknown member is refused.`;

function adminPaths(): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const [tag, , operations] of nouns)
    for (const [id, operation] of Object.entries(operations)) {
      const methods = (paths[`/admin/v1${operation.path}`] ??= {});
      methods[operation.method.toLowerCase()] = toOpenApi(tag, id, operation);
    }
  return paths;
}

function toOpenApi(tag: string, operationId: string, operation: AdminOperation): OpenApiOperation {
  const { summary, body } = operation;
  const bodyFaults = body ? (['MalformedBody', 'BodyTooLarge'] as const) : [];
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${summary} For administrators only.`,
    parameters: parametersOf(operationId, operation),
    ...(body && {
      requestBody: {
        required: true,
        description: 'JSON. The content type is ignored.',
        content: { 'application/json': { schema: publishSchema(body), examples: examplesOf(body) } },
      },
    }),
    responses: {
      [operation.success.status]: successOf(operation),
      ...faultResponsesByStatus([
        'InvalidInput',
        ...bodyFaults,
        'AdministratorRequired',
        ...operation.faults,
      ]),
      '401': { $ref: '#/components/responses/Unauthorized' },
      '500': { $ref: '#/components/responses/InternalError' },
      '503': { $ref: '#/components/responses/ServiceUnavailable' },
    },
  };
}

function successOf({ success }: AdminOperation): ApiResponse {
  if (!success.body) return { description: 'Deleted.', headers: responseHeaders() };
  return jsonResponse('Done.', success.body, examplesOf(success.body));
}

const pathParameters: Readonly<Record<string, readonly [description: string, example: string]>> = {
  partnerId: ['The partner.', exampleValues.tenantId],
  clientId: ['The application.', exampleValues.clientId],
  secretId: ['The ID of the secret.', examples.ApplicationSecret.secretId],
  userId: ["The user's ID or sign-in name.", exampleValues.userName],
  customerId: ['The customer.', exampleValues.customerId],
  keyId: ['The signing key.', examples.SigningKey.keyId],
  administratorId: ['The administrator.', examples.Administrator.administratorId],
};

function parametersOf(id: string, { path, success }: AdminOperation): OpenApiOperation['parameters'] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Parameter => {
    const [description = '', example = ''] = pathParameters[name] ?? [];
    return { name, in: 'path', required: true, description, schema: { type: 'string' }, example };
  });
  const { size, after, partnerId } = PageQuery.properties;
  const query = Type.Object({ size, after, ...(id === 'listAdminCustomers' && { partnerId }) });
  const isList = success.body !== undefined && nameOfSchema(success.body) === undefined;
  return [...inPath, ...(isList ? optionalParameters(query, 'query') : []), ...headerReferences];
}

/** The example of a schema that has a name, or of a page of them. */
function examplesOf(schema: TSchema): Record<string, { summary: string; value: unknown }> {
  const name = nameOfSchema(schema);
  if (name !== undefined) return { example: { summary: name, value: exampleOf(name) } };
  const { items } = (schema as unknown as { properties: { items: { items: TSchema } } }).properties;
  const value = { items: [exampleOf(nameOfSchema(items.items) ?? '')] };
  return { page: { summary: 'The only page', value } };
}

function exampleOf(name: string): unknown {
  const value: unknown = Object.entries(examples).find(([known]) => known === name)?.[1];
  if (value === undefined) throw new Error(`There is no example of ${name}.`);
  return value;
}
