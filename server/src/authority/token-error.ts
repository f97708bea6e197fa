/** Why a token was not given out, in Azure AD's words: error name, AADSTS number, status, text for people. */
const tokenErrors = {
  invalidRequest: {
    status: 400,
    error: 'invalid_request',
    number: 900144,
    text: "The request body must contain the following parameter: '{name}'.",
  },
  malformedRequest: {
    status: 400,
    error: 'invalid_request',
    number: 90014,
    text: "The value of '{name}' is missing, too long, or not valid.",
  },
  unsupportedGrant: {
    status: 400,
    error: 'unsupported_grant_type',
    number: 70003,
    text: "The app requested an unsupported grant type '{name}'.",
  },
  passwordGrantOff: {
    status: 400,
    error: 'unsupported_grant_type',
    number: 70003,
    text: 'The password grant is turned off. For local development, turn it on with MUSTER_PASSWORD_GRANT=true.',
  },
  unknownTenant: {
    status: 400,
    error: 'invalid_request',
    number: 90002,
    text: "Tenant '{name}' not found. Check the tenant ID or domain in the URL.",
  },
  unknownInstance: {
    status: 400,
    error: 'invalid_instance',
    number: 50049,
    text: 'Unknown or invalid instance: this authority describes only its own host.',
  },
  unknownApplication: {
    status: 400,
    error: 'unauthorized_client',
    number: 700016,
    text: "Application with identifier '{name}' was not found in the directory. Check the client ID and the tenant.",
  },
  invalidSecret: {
    status: 401,
    error: 'invalid_client',
    number: 7000215,
    text: 'Invalid client secret provided. Check that the secret itself was sent, not its ID, and that it has not expired.',
  },
  missingSecret: {
    status: 401,
    error: 'invalid_client',
    number: 7000218,
    text: "The request body must contain the following parameter: 'client_secret'.",
  },
  secretOfPublicApplication: {
    status: 401,
    error: 'invalid_client',
    number: 700025,
    text: "Client is public so 'client_secret' should not be presented.",
  },
  publicApplication: {
    status: 400,
    error: 'unauthorized_client',
    number: 700027,
    text: 'The application is public: it has no secret and cannot get a token for itself. Sign in a user.',
  },
  unknownResource: {
    status: 400,
    error: 'invalid_resource',
    number: 500011,
    text: "The resource principal named '{name}' was not found in the tenant. Request https://graph.windows.net or https://api.partnercenter.microsoft.com.",
  },
  invalidUser: {
    status: 400,
    error: 'invalid_grant',
    number: 50126,
    text: 'Error validating credentials due to invalid username or password.',
  },
  userDisabled: {
    status: 400,
    error: 'invalid_grant',
    number: 50057,
    text: 'The user account is disabled or was deleted.',
  },
  mfaRequired: {
    status: 400,
    error: 'interaction_required',
    number: 50076,
    text: 'The user must use multifactor authentication. Send them to the sign-in page again.',
  },
  wrongCode: {
    status: 400,
    error: 'invalid_grant',
    number: 500121,
    text: 'Authentication failed during the strong authentication request: the code is incorrect or has already been used.',
  },
  mfaAlreadySetUp: {
    status: 400,
    error: 'invalid_grant',
    number: 50126,
    text: 'An authenticator app has since been set up. Sign in again, with a code from that app.',
  },
  tooManyFailures: {
    status: 429,
    error: 'temporarily_unavailable',
    number: 50053,
    text: 'Too many failed attempts from this address. Check the secret or password, and try again later.',
  },
  tooManyRequests: {
    status: 429,
    error: 'temporarily_unavailable',
    number: 90055,
    text: 'There are too many incoming requests. Try again later.',
  },
  tooBusy: {
    status: 503,
    error: 'temporarily_unavailable',
    number: 90033,
    text: 'There are too many sign-ins at the moment. Try again shortly.',
  },
  databaseAway: {
    status: 503,
    error: 'temporarily_unavailable',
    number: 90033,
    text: 'The service cannot reach its database. Try again shortly.',
  },
  invalidGrant: {
    status: 400,
    error: 'invalid_grant',
    number: 70000,
    text: "The '{name}' is not valid: it is malformed, belongs to another application, or was revoked.",
  },
  expiredGrant: {
    status: 400,
    error: 'invalid_grant',
    number: 70008,
    text: "The '{name}' has expired or was revoked. Sign in again.",
  },
  reusedRefreshToken: {
    status: 400,
    error: 'invalid_grant',
    number: 70008,
    text: 'The refresh token was already used, so all tokens from that sign-in are revoked. Sign in again.',
  },
  redeemedCode: {
    status: 400,
    error: 'invalid_grant',
    number: 54005,
    text: 'The authorization code was already redeemed, so the tokens issued for it are revoked. Sign in again.',
  },
  wrongRedirectUri: {
    status: 400,
    error: 'invalid_grant',
    number: 50011,
    text: 'The redirect_uri does not match the one in the authorization request.',
  },
  wrongCodeVerifier: {
    status: 400,
    error: 'invalid_grant',
    number: 501481,
    text: 'The code_verifier does not match the code_challenge in the authorization request.',
  },
  authorizationPending: {
    status: 400,
    error: 'authorization_pending',
    number: 70016,
    text: 'The user has not signed in yet. Try again.',
  },
  authorizationDeclined: {
    status: 400,
    error: 'authorization_declined',
    number: 70017,
    text: 'The user declined to sign in.',
  },
  expiredDeviceCode: {
    status: 400,
    error: 'expired_token',
    number: 70020,
    text: 'The device code has expired. Start again.',
  },
  unknownDeviceCode: {
    status: 400,
    error: 'bad_verification_code',
    number: 70018,
    text: 'The device code is unknown, or a token has already been issued for it.',
  },
} as const;

export type TokenErrorKind = keyof typeof tokenErrors;

/** A refused token request: thrown by operations, answered in Azure AD's shape at the edge. */
export class TokenError extends Error {
  readonly kind: TokenErrorKind;
  readonly status: number;
  readonly error: string;
  readonly number: number;
  /** How long to wait before trying again, in whole seconds. */
  readonly retryAfterSeconds: number | undefined;

  /** `name` is the offending name or public id; it is shown, so never give a secret. */
  constructor(kind: TokenErrorKind, name = '', options: { retryAfterSeconds?: number } = {}) {
    const { status, error, number, text } = tokenErrors[kind];
    super(`AADSTS${number}: ${text.replace('{name}', () => name.slice(0, 100))}`);
    this.name = 'TokenError';
    this.kind = kind;
    this.status = status;
    this.error = error;
    this.number = number;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  toBody(call: { now: Date; traceId: string; correlationId: string }): object {
    const timestamp = call.now.toISOString().replace('T', ' ').replace(/\.\d+/, '');
    return {
      error: this.error,
      error_description: `${this.message} Trace ID: ${call.traceId} Correlation ID: ${call.correlationId} Timestamp: ${timestamp}`,
      error_codes: [this.number],
      timestamp,
      trace_id: call.traceId,
      correlation_id: call.correlationId,
    };
  }
}
