import { sharedResponses } from './fault-responses.ts';
import { headerComponents, headerParameters } from './header-components.ts';
import { healthPaths } from './health-paths.ts';
import type { OpenApiDocument } from './open-api-types.ts';
import { tags } from './operation-notes.ts';
import { musterNouns } from '../muster/muster-operations.ts';
import { operationPaths } from './operation-paths.ts';
import { publishReferredSchemas } from './publish-schema.ts';
import { securitySchemes, tokenPaths } from './token-paths.ts';

/**
 * The published contract: OpenAPI 3.1, made from the table of operations, the schemas and the catalogue of faults.
 * `serverUrl` is where clients reach the service, without a slash at the end.
 */
export function openApiDocument(serverUrl: string): OpenApiDocument {
  const paths = { ...operationPaths(), ...tokenPaths(), ...healthPaths() };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Muster',
      version: 'v1',
      summary: 'Registers devices for zero-touch deployment in bulk and reports the result for each device.',
      description: introduction,
      contact: { name: 'The operator of this service', url: serverUrl },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: {
      url: 'https://learn.microsoft.com/partner-center/developer/device-deployment-resources',
      description: "Microsoft's documentation of the same API",
    },
    servers: [{ url: serverUrl, description: 'This service' }],
    tags: [
      ...Object.entries(tags).map(([name, description]) => ({ name, description })),
      ...musterNouns.map(({ tag, description }) => ({ name: tag, description })),
    ],
    security: [{ clientCredentials: [] }, { bearer: [] }],
    paths,
    components: {
      schemas: publishReferredSchemas(paths, sharedResponses),
      parameters: headerParameters,
      headers: headerComponents,
      responses: sharedResponses,
      securitySchemes: securitySchemes(serverUrl),
    },
  };
}

/** What the document says of the API as a whole, in Markdown. */
const introduction = `The wire of Microsoft Partner Center's device deployment API (Windows Autopilot), as Muster speaks it. Clients written for Partner Center work with it when their base URL and their authority are changed.

**Paths** are matched without regard to letter case (\`/v1/customers/{c}/batchjobstatus/{t}\` is the same as \`batchJobStatus\`), doubled slashes count as one, and \`/v1.0/\` is \`/v1/\`. The values of path parameters keep their case.

**Requests.** Only \`Authorization\` is needed. Names of members, enums and dates are read in every spelling that Microsoft's SDKs, the PowerShell module and CIPP are known to write: see the examples of each request. Headers that are not listed here, \`MS-Contract-Version\` and \`MS-PartnerCenter-Client\` among them, are not read.

**Answers** are JSON in camelCase, UTF-8 without a byte order mark; dates are ISO 8601 in UTC. A member that has no value is absent, never null. Clients should ignore members that they do not know.

**Errors** are faults: \`code\`, \`description\`, \`data\`, \`source\`. A request that cannot be served as it is gets 400, and never 405, 412, 413, 415 or 422, which clients retry for seconds or for ever. A path or a method that there is none of gets 404. A 5xx means that nothing was changed.

**Muster's own API** is below \`/muster/v1\`: what Partner Center has no operation for. It takes the same tokens, answers with the same faults, and spells members exactly as shown. Its lists take \`limit\` and \`cursor\`; a page that is not the last one has a \`nextCursor\`. A query parameter that an operation does not know is refused.

**Not listed here:** the sign-in pages of Muster's token authority, and its OpenID discovery documents. The administration API has a document of its own, \`/admin/openapi.json\`.`;
