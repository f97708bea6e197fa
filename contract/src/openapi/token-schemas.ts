import { Type, type TProperties } from 'typebox';

const text = (description: string) => Type.Optional(Type.String({ description }));

const grantTypes = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
  'device_code',
  'password',
] as const;

/** What both versions of the token endpoint read. */
const grantFields = {
  grant_type: Type.Union(
    grantTypes.map((grant) => Type.Literal(grant)),
    { description: 'password is off unless MUSTER_PASSWORD_GRANT=true.' },
  ),
  client_id: text('The application. May come in a Basic header, together with the secret.'),
  client_secret: text('Its secret; public applications have none.'),
  client_info: text('1 asks for client_info in the answer.'),
  refresh_token: text('For grant_type=refresh_token.'),
  code: text('For grant_type=authorization_code; device code at the v1 endpoint.'),
  redirect_uri: text('The one of the authorization request.'),
  code_verifier: text('The verifier of the PKCE challenge.'),
  device_code: text('For the device code grant.'),
  username: text('For grant_type=password.'),
  password: text('For grant_type=password.'),
} satisfies TProperties;

const audiences =
  'https://graph.windows.net or https://api.partnercenter.microsoft.com, or another that is set';

export const TokenRequest = Type.Object(
  {
    ...grantFields,
    scope: text(
      `An audience with /.default or /user_impersonation: ${audiences}. offline_access asks for a refresh token.`,
    ),
  },
  {
    description:
      'A form, as the OAuth 2.0 endpoints of Azure AD take it. Fields that are not named are ignored.',
  },
);

export const TokenRequestV1 = Type.Object(
  { ...grantFields, resource: text(`The audience: ${audiences}.`), scope: text('openid, for an id token.') },
  { description: 'A form, as the first version of the endpoint takes it.' },
);

const tokens = {
  access_token: Type.String({ description: 'A JWT with exp, tid and roles, which clients take apart.' }),
  refresh_token: text('Only where a user signed in.'),
  id_token: text('Only where openid was asked for.'),
  client_info: text('Only where client_info=1 was sent.'),
} satisfies TProperties;

export const TokenAnswer = Type.Object(
  {
    token_type: Type.Literal('Bearer'),
    scope: text('What the token is for.'),
    expires_in: Type.Integer({ description: 'Seconds.' }),
    ext_expires_in: Type.Integer(),
    ...tokens,
  },
  { description: 'An access token. Numbers are numbers.' },
);

export const TokenAnswerV1 = Type.Object(
  {
    token_type: Type.Literal('Bearer'),
    scope: text('What the token is for.'),
    expires_in: Type.String({ description: 'Seconds, as text.' }),
    ext_expires_in: Type.String(),
    expires_on: Type.String({ description: 'Seconds since 1970, as text.' }),
    not_before: Type.String({ description: 'Seconds since 1970, as text.' }),
    resource: Type.String({ description: 'The audience.' }),
    ...tokens,
  },
  { description: 'An access token. Numbers are text.' },
);

export const TokenErrorBody = Type.Object(
  {
    error: Type.String({ description: 'The name of RFC 6749 or RFC 8628, or one of Azure AD.' }),
    error_description: Type.String({ description: 'Begins with AADSTS and a number.' }),
    error_codes: Type.Array(Type.Integer()),
    timestamp: Type.String(),
    trace_id: Type.String(),
    correlation_id: Type.String(),
  },
  { description: "A refused token request, in Azure AD's shape." },
);

export const TokenExchangeRequest = Type.Object(
  { grant_type: Type.Literal('jwt_token'), client_id: text('Not read.') },
  { description: 'A form. Its content type is not looked at: old scripts send wrong ones.' },
);

export const ExchangedToken = Type.Object(
  { access_token: Type.String(), token_type: Type.Literal('bearer'), expires_in: Type.Integer() },
  { description: "A token of Partner Center's own kind. It ends no later than the one it was given for." },
);

export const DeviceCodeRequest = Type.Object(
  { client_id: Type.String(), scope: text('At the v2.0 endpoint.'), resource: text('At the v1 endpoint.') },
  { description: 'A form that begins a sign-in on another device.' },
);

const deviceCode = {
  device_code: Type.String({ description: 'For the program.' }),
  user_code: Type.String({ description: 'For the person.' }),
  message: Type.String({ description: 'What to tell the person.' }),
} satisfies TProperties;

export const DeviceCodeAnswer = Type.Object(
  { ...deviceCode, verification_uri: Type.String(), expires_in: Type.Integer(), interval: Type.Integer() },
  { description: 'A sign-in that waits for its person.' },
);

export const DeviceCodeAnswerV1 = Type.Object(
  { ...deviceCode, verification_url: Type.String(), expires_in: Type.String(), interval: Type.String() },
  { description: 'A sign-in that waits for its person. Numbers are text.' },
);
