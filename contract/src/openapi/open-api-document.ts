import { sharedResponses } from './fault-responses.ts';
import { headerComponents, headerParameters } from './header-components.ts';
import { healthPaths } from './health-paths.ts';
import { introduction } from './introduction.ts';
import type { OpenApiDocument } from './open-api-types.ts';
import { tags } from './operation-notes.ts';
import { operationPaths } from './operation-paths.ts';
import { publishNamedSchemas } from './publish-schema.ts';
import { securitySchemes, tokenPaths } from './token-paths.ts';

/**
 * The published contract: OpenAPI 3.1, made from the table of operations, the schemas and the catalogue of faults.
 * `serverUrl` is where clients reach the service, without a slash at the end.
 */
export function openApiDocument(serverUrl: string): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Muster',
      version: 'v1',
      summary: 'Registers devices for zero-touch deployment in bulk and reports the result for each device.',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: {
      url: 'https://learn.microsoft.com/partner-center/developer/device-deployment-resources',
      description: "Microsoft's documentation of the same API",
    },
    servers: [{ url: serverUrl, description: 'This service' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ clientCredentials: [] }, { bearer: [] }],
    paths: { ...operationPaths(), ...tokenPaths(), ...healthPaths() },
    components: {
      schemas: publishNamedSchemas(),
      parameters: headerParameters,
      headers: headerComponents,
      responses: sharedResponses,
      securitySchemes: securitySchemes(serverUrl),
    },
  };
}
