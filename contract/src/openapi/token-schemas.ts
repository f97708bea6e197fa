import { Type, type TProperties } from '../schema.ts';

const text = (description: string) => Type.Optional(Type.String({ description }));

const grantTypes = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
  'device_code',
  'password',
] as const;

/** The fields that both versions of the token endpoint read. */
const grantFields = {
  grant_type: Type.Union(
    grantTypes.map((grant) => Type.Literal(grant)),
    { description: 'The grant `password` requires MUSTER_PASSWORD_GRANT=true.' },
  ),
  client_id: text('The application. Can be sent in a Basic header instead, together with the secret.'),
  client_secret: text('The secret of the application. Public applications have none.'),
  client_info: text('1: include client_info in the response.'),
  refresh_token: text('For grant_type=refresh_token.'),
  code: text('For grant_type=authorization_code; at the v1 endpoint also the device code.'),
  redirect_uri: text('The same as in the authorization request.'),
  code_verifier: text('The verifier of the PKCE challenge.'),
  device_code: text('For the device code grant.'),
  username: text('For grant_type=password.'),
  password: text('For grant_type=password.'),
} satisfies TProperties;

const audiences =
  'https://graph.windows.net, https://api.partnercenter.microsoft.com, or one in MUSTER_TOKEN_AUDIENCES';

export const TokenRequest = Type.Object(
  {
    ...grantFields,
    scope: text(
      `An audience followed by /.default or /user_impersonation: ${audiences}. Add offline_access to get a refresh token.`,
    ),
  },
  {
    description: 'The form of the OAuth 2.0 v2.0 endpoint of Azure AD. Unknown fields are ignored.',
  },
);

export const TokenRequestV1 = Type.Object(
  {
    ...grantFields,
    resource: text(`The audience: ${audiences}.`),
    scope: text('openid: include an ID token.'),
  },
  { description: 'The form of the v1 endpoint of Azure AD. Unknown fields are ignored.' },
);

const tokens = {
  access_token: Type.String({ description: 'A JWT with the claims exp, tid and roles, which clients read.' }),
  refresh_token: text('Only if a user signed in.'),
  id_token: text('Only if the scope includes openid.'),
  client_info: text('Only if the request contains client_info=1.'),
} satisfies TProperties;

export const TokenAnswer = Type.Object(
  {
    token_type: Type.Literal('Bearer'),
    scope: text('The scopes of the token.'),
    expires_in: Type.Integer({ description: 'Lifetime in seconds.' }),
    ext_expires_in: Type.Integer(),
    ...tokens,
  },
  { description: 'An access token.' },
);

export const TokenAnswerV1 = Type.Object(
  {
    token_type: Type.Literal('Bearer'),
    scope: text('The scopes of the token.'),
    expires_in: Type.String({ description: 'Lifetime in seconds, as a string.' }),
    ext_expires_in: Type.String(),
    expires_on: Type.String({ description: 'Unix time in seconds, as a string.' }),
    not_before: Type.String({ description: 'Unix time in seconds, as a string.' }),
    resource: Type.String({ description: 'The audience.' }),
    ...tokens,
  },
  { description: 'An access token. Numbers are strings.' },
);

export const TokenErrorBody = Type.Object(
  {
    error: Type.String({ description: 'An error code of RFC 6749, RFC 8628 or Azure AD.' }),
    error_description: Type.String({ description: 'Starts with AADSTS and a number.' }),
    error_codes: Type.Array(Type.Integer()),
    timestamp: Type.String(),
    trace_id: Type.String(),
    correlation_id: Type.String(),
  },
  { description: "A refused token request, in Azure AD's shape." },
);

export const TokenExchangeRequest = Type.Object(
  { grant_type: Type.Literal('jwt_token'), client_id: text('Ignored.') },
  { description: 'The content type is ignored, because old scripts send a wrong one.' },
);

export const ExchangedToken = Type.Object(
  { access_token: Type.String(), token_type: Type.Literal('bearer'), expires_in: Type.Integer() },
  { description: 'A Partner Center token. It expires no later than the token it was exchanged for.' },
);

export const DeviceCodeRequest = Type.Object(
  { client_id: Type.String(), scope: text('At the v2.0 endpoint.'), resource: text('At the v1 endpoint.') },
  { description: 'A form that starts a sign-in with a device code.' },
);

const deviceCode = {
  device_code: Type.String({ description: 'The code that the program sends to get its token.' }),
  user_code: Type.String({ description: 'The code that the user enters.' }),
  message: Type.String({ description: 'Instructions to show to the user.' }),
} satisfies TProperties;

export const DeviceCodeAnswer = Type.Object(
  { ...deviceCode, verification_uri: Type.String(), expires_in: Type.Integer(), interval: Type.Integer() },
  { description: 'A sign-in that is waiting for the user.' },
);

export const DeviceCodeAnswerV1 = Type.Object(
  { ...deviceCode, verification_url: Type.String(), expires_in: Type.String(), interval: Type.String() },
  { description: 'A sign-in that is waiting for the user. Numbers are strings.' },
);
