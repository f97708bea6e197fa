import { phrase } from '../locale.ts';
import type { TSchema } from 'typebox';
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

/** The paths of the document that clients get their tokens from. */
export function tokenPaths(): OpenApiDocument['paths'] {
  return {
    '/{tenant}/oauth2/v2.0/token': {
      post: tokenOperation('getToken', {
        summary: 'Get an access token.',
        description: 'What the current SDKs, the PowerShell module, pliancy and CIPP call.',
        reference: `${azure}/v2-oauth2-client-creds-grant-flow`,
        request: TokenRequest,
        answer: TokenAnswer,
      }),
    },
    '/{tenant}/oauth2/token': {
      post: tokenOperation('getTokenV1', {
        summary: 'Get an access token, at the first version of the endpoint.',
        description: 'What older scripts call. The audience is `resource`, and numbers come as text.',
        reference: `${azure}/v2-oauth2-client-creds-grant-flow`,
        request: TokenRequestV1,
        answer: TokenAnswerV1,
      }),
    },
    '/{tenant}/oauth2/v2.0/devicecode': {
      post: tokenOperation('startDeviceLogin', {
        summary: 'Begin a sign-in on another device.',
        description:
          'The person opens the page and types the code; meanwhile the program asks for its token.',
        reference: `${azure}/v2-oauth2-device-code`,
        request: DeviceCodeRequest,
        answer: DeviceCodeAnswer,
      }),
    },
    '/{tenant}/oauth2/devicecode': {
      post: tokenOperation('startDeviceLoginV1', {
        summary: 'Begin a sign-in on another device, at the first version of the endpoint.',
        description: 'Numbers come as text, and the page under another name.',
        reference: `${azure}/v2-oauth2-device-code`,
        request: DeviceCodeRequest,
        answer: DeviceCodeAnswerV1,
      }),
    },
    '/generatetoken': { post: exchange() },
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
      '200': answer('Given.', operation.answer, tokenExamples[id].answer),
      '400': refusal(
        'Refused: the request, the tenant, the application or the grant.',
        tokenExamples.refusals.refused,
      ),
      '401': refusal('Refused: the secret.', tokenExamples.refusals.wrongSecret),
      '429': refusal(
        'Too many failed attempts from this address.',
        tokenExamples.refusals.tooMany,
        'Retry-After',
      ),
      '503': refusal('Too many sign-ins at once. Try again in a moment.', tokenExamples.refusals.tooBusy),
    },
  };
}

const tenant: Parameter = {
  name: 'tenant',
  in: 'path',
  required: true,
  description:
    "The partner: its tenant id or domain, or `organizations` (or `common`) for the application's own.",
  schema: { type: 'string' },
  example: exampleValues.tenantId,
};

function exchange(): OpenApiOperation {
  return {
    operationId: 'exchangeToken',
    tags: ['Tokens'],
    summary: "Exchange an access token for one of Partner Center's own.",
    description: 'What SDK 1.x and old scripts do. No current client needs it: operations take either token.',
    externalDocs: {
      url: 'https://learn.microsoft.com/partner-center/developer/partner-center-authentication',
      description: "Microsoft's reference",
    },
    parameters: headerReferences,
    requestBody: formOf(TokenExchangeRequest, tokenExamples.exchangeToken.requests),
    responses: {
      '200': answer('Given.', ExchangedToken, tokenExamples.exchangeToken.answer),
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
    description: 'A form.',
    content: { 'application/x-www-form-urlencoded': { schema: publishSchema(schema), examples } },
  };
}

function answer(description: string, schema: TSchema, value: unknown): ApiResponse {
  return jsonResponse(description, schema, { given: { summary: 'Given', value } });
}

function refusal(description: string, value: unknown, ...headers: string[]): ApiResponse {
  return jsonResponse(description, TokenErrorBody, { refused: { summary: 'Refused', value } }, ...headers);
}

/** How a caller proves who it is: by the document's own token endpoint, or with a bearer token from anywhere. */
export function securitySchemes(serverUrl: string): Readonly<Record<string, object>> {
  return {
    clientCredentials: {
      type: 'oauth2',
      description: 'An application as itself. `credentials.json` in the data directory has the first one.',
      flows: {
        clientCredentials: {
          tokenUrl: `${serverUrl}/organizations/oauth2/v2.0/token`,
          scopes: {
            'https://api.partnercenter.microsoft.com/.default': 'What the application may do',
            'https://graph.windows.net/.default': "The same, by the audience of Microsoft's SDKs",
          },
        },
      },
    },
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        "An access token of this service, of a trusted issuer, or from `/generatetoken`: an application's or a user's.",
    },
  };
}
