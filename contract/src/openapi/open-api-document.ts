import { sharedResponses } from './fault-responses.ts';
import { headerComponents, headerParameters, rehearsalParameters } from './header-components.ts';
import { healthPaths } from './health-paths.ts';
import type { OpenApiDocument } from './open-api-types.ts';
import { tags } from './operation-notes.ts';
import { musterNouns } from '../muster/muster-operations.ts';
import { operationPaths } from './operation-paths.ts';
import { publishReferredSchemas } from './publish-schema.ts';
import { securitySchemes, tokenPaths } from './token-paths.ts';

/**
 * The published contract in OpenAPI 3.1, generated from the table of operations, the schemas and the fault catalog.
 * `serverUrl` is the URL at which clients reach the service, without a trailing slash.
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
      parameters: { ...headerParameters, ...rehearsalParameters },
      headers: headerComponents,
      responses: sharedResponses,
      securitySchemes: securitySchemes(serverUrl),
    },
  };
}

/** The description of the API as a whole, in Markdown. */
const introduction = `Muster implements the device deployment API (Windows Autopilot) of Microsoft Partner Center. Clients written for Partner Center can use it once their base URL and authority are changed.

**Paths** are case-insensitive (\`/v1/customers/{c}/batchjobstatus/{t}\` is the same as \`batchJobStatus\`), repeated slashes count as one, and \`/v1.0/\` is the same as \`/v1/\`. The values of path parameters keep their case.

**Requests.** The only required header is \`Authorization\`. Member names, enums and dates are accepted in every spelling that Microsoft's SDKs, the PowerShell module and CIPP are known to send; see the examples of each request. Headers that are not listed here, such as \`MS-Contract-Version\` and \`MS-PartnerCenter-Client\`, are ignored.

**Responses** are JSON in camelCase, encoded in UTF-8 without a byte order mark; dates are in ISO 8601 format and UTC. A member that has no value is absent, never null. Clients should ignore members that they do not know.

**Rehearsal.** Partner Center refuses calls that it accepted until 2025. \`Muster-Notice\` tells each application once what Partner Center would refuse, \`ValidateMfa: true\` asks whether the token of a user has evidence of multifactor authentication, and with \`MUSTER_RULES=today\` Muster refuses such calls, too.

**Errors** are faults with the members \`code\`, \`description\`, \`data\` and \`source\`. An invalid request returns 400, never 405, 412, 413, 415 or 422, because some clients retry those, a few of them indefinitely. An unknown path or method returns 404. A 5xx status means that nothing was changed.

**Muster's own API**, under \`/muster/v1\`, has the operations that Partner Center lacks. It accepts the same tokens and returns the same faults. Member names must be spelled exactly as shown. Lists take \`limit\` and \`cursor\`; every page except the last one has a \`nextCursor\`. An unknown query parameter is refused.

**Not listed here:** the sign-in pages of Muster's token authority and its OpenID discovery documents. The administration API has its own document, \`/admin/openapi.json\`.`;
