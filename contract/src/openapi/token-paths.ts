import { phrase } from '../locale.ts';
import type { TSchema } from '../schema.ts';
import tokenExamples from '../examples/tokens.json' with { type: 'json' };
import { exampleValues } from './examples.ts';
import { faultResponse } from './fault-responses.ts';
import type { ApiResponse, Example, OpenApiDocument, OpenApiOperation, Parameter } from './open-api-types.ts';
import { headerReferences } from './operation-parameters.ts';
import { jsonResponse, publishSchema } from './publish-schema.ts';
import {
  DeviceCodeAnswer,
  DeviceCodeAnswerV1,
  DeviceCodeRequest,
  ExchangedToken,
  TokenAnswer,
  TokenAnswerV1,
  TokenErrorBody,
  TokenExchangeRequest,
  TokenRequest,
  TokenRequestV1,
} from './token-schemas.ts';

const azure = 'https://learn.microsoft.com/entra/identity-platform';

/** The paths at which clients get their tokens. */
export function tokenPaths(): OpenApiDocument['paths'] {
  return {
    '/{tenant}/oauth2/v2.0/token': {
      post: tokenOperation('getToken', {
        summary: 'Get an access token.',
        description: 'Used by the current SDKs, the PowerShell module, pliancy and CIPP.',
        reference: `${azure}/v2-oauth2-client-creds-grant-flow`,
        request: TokenRequest,
        answer: TokenAnswer,
      }),
    },
    '/{tenant}/oauth2/token': {
      post: tokenOperation('getTokenV1', {
        summary: 'Get an access token (v1 endpoint).',
        description:
          'Used by older scripts. The audience is `resource`, and numbers are returned as strings.',
        reference: `${azure}/v2-oauth2-client-creds-grant-flow`,
        request: TokenRequestV1,
        answer: TokenAnswerV1,
      }),
    },
    '/{tenant}/oauth2/v2.0/devicecode': {
      post: tokenOperation('startDeviceLogin', {
        summary: 'Start a sign-in with a device code.',
        description: 'The user opens the page and enters the code, while the program polls for its token.',
        reference: `${azure}/v2-oauth2-device-code`,
        request: DeviceCodeRequest,
        answer: DeviceCodeAnswer,
      }),
    },
    '/{tenant}/oauth2/devicecode': {
      post: tokenOperation('startDeviceLoginV1', {
        summary: 'Start a sign-in with a device code (v1 endpoint).',
        description: 'Numbers are returned as strings, and the URL of the page as `verification_url`.',
        reference: `${azure}/v2-oauth2-device-code`,
        request: DeviceCodeRequest,
        answer: DeviceCodeAnswerV1,
      }),
    },
    '/generatetoken': {
      post: exchange('exchangeToken', {
        description:
          'Used by SDK 1.x and old scripts. Current clients do not need it: operations accept either token.',
      }),
    },
    '/v3/generatetoken': {
      post: exchange('exchangeTokenV3', {
        description: 'The same as `/generatetoken`, but a token for Azure AD Graph is refused.',
      }),
    },
  };
}

interface TokenOperation {
  readonly summary: string;
  readonly description: string;
  readonly reference: string;
  readonly request: TSchema;
  readonly answer: TSchema;
}

function tokenOperation(
  id: Exclude<keyof typeof tokenExamples, 'refusals'>,
  operation: TokenOperation,
): OpenApiOperation {
  return {
    operationId: id,
    tags: ['Tokens'],
    summary: operation.summary,
    description: operation.description,
    externalDocs: { url: operation.reference, description: "Microsoft's reference" },
    security: [],
    parameters: [tenant, ...headerReferences],
    requestBody: formOf(operation.request, tokenExamples[id].requests),
    responses: {
      '200': answer('Issued.', operation.answer, tokenExamples[id].answer),
      '400': refusal(
        'The request, the tenant, the application or the grant was refused.',
        tokenExamples.refusals.refused,
      ),
      '401': refusal('The secret was refused.', tokenExamples.refusals.wrongSecret),
      '429': refusal(
        'Too many failed attempts from this address.',
        tokenExamples.refusals.tooMany,
        'Retry-After',
      ),
      '503': refusal(
        'There are too many sign-ins at the moment. Try again shortly.',
        tokenExamples.refusals.tooBusy,
      ),
    },
  };
}

const tenant: Parameter = {
  name: 'tenant',
  in: 'path',
  required: true,
  description:
    "The tenant ID or domain of the partner, or `organizations` (or `common`) for the application's own tenant.",
  schema: { type: 'string' },
  example: exampleValues.tenantId,
};

function exchange(
  operationId: 'exchangeToken' | 'exchangeTokenV3',
  { description }: { description: string },
): OpenApiOperation {
  const body = {
    schema: publishSchema(TokenExchangeRequest),
    examples: tokenExamples.exchangeToken.requests,
  };
  return {
    operationId,
    tags: ['Tokens'],
    summary: 'Exchange an access token for a Partner Center token.',
    description,
    externalDocs: {
      url: 'https://learn.microsoft.com/partner-center/developer/partner-center-authentication',
      description: "Microsoft's reference",
    },
    parameters: headerReferences,
    requestBody: {
      required: true,
      description: 'A form, or JSON.',
      content: { 'application/x-www-form-urlencoded': body, 'application/json': body },
    },
    responses: {
      '200': answer('Issued.', ExchangedToken, tokenExamples.exchangeToken.answer),
      '400': faultResponse(['InvalidInput'], {
        InvalidInput: { member: 'grant_type', problem: phrase('must be jwt_token', '必須是 jwt_token') },
      }),
      '401': { $ref: '#/components/responses/Unauthorized' },
      '500': { $ref: '#/components/responses/InternalError' },
      '503': { $ref: '#/components/responses/ServiceUnavailable' },
    },
  };
}

function formOf(
  schema: TSchema,
  examples: Readonly<Record<string, Example>>,
): NonNullable<OpenApiOperation['requestBody']> {
  return {
    required: true,
    description: 'A URL-encoded form.',
    content: { 'application/x-www-form-urlencoded': { schema: publishSchema(schema), examples } },
  };
}

function answer(description: string, schema: TSchema, value: unknown): ApiResponse {
  return jsonResponse(description, schema, { given: { summary: 'Issued', value } });
}

function refusal(description: string, value: unknown, ...headers: string[]): ApiResponse {
  return jsonResponse(description, TokenErrorBody, { refused: { summary: 'Refused', value } }, ...headers);
}

/** How a caller authenticates: through the token endpoint of this document, or with any accepted bearer token. */
export function securitySchemes(serverUrl: string): Readonly<Record<string, object>> {
  return {
    clientCredentials: {
      type: 'oauth2',
      description:
        'Sign in as an application. `credentials.json` in the data directory contains the first one.',
      flows: {
        clientCredentials: {
          tokenUrl: `${serverUrl}/organizations/oauth2/v2.0/token`,
          scopes: {
            'https://api.partnercenter.microsoft.com/.default': 'Everything that the application can do',
            'https://graph.windows.net/.default': "The same, for the audience that Microsoft's SDKs request",
          },
        },
      },
    },
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        'An access token of an application or a user, issued by this service, by a trusted issuer, or by `/generatetoken`.',
    },
  };
}
