/** Why a token was not given out, in Azure AD's words: error name, AADSTS number, status, text for people. */
const tokenErrors = {
  invalidRequest: {
    status: 400,
    error: 'invalid_request',
    number: 900144,
    text: "The request body must contain the following parameter: '{name}'.",
  },
  unsupportedGrant: {
    status: 400,
    error: 'unsupported_grant_type',
    number: 70003,
    text: "The app requested an unsupported grant type '{name}'.",
  },
  unknownTenant: {
    status: 400,
    error: 'invalid_request',
    number: 90002,
    text: "Tenant '{name}' not found. Check the tenant id or domain in the URL.",
  },
  unknownApplication: {
    status: 400,
    error: 'unauthorized_client',
    number: 700016,
    text: "Application with identifier '{name}' was not found in the directory. Check the client id and the tenant.",
  },
  invalidSecret: {
    status: 401,
    error: 'invalid_client',
    number: 7000215,
    text: 'Invalid client secret provided. Check that the secret itself was sent, not its id, and that it has not expired.',
  },
  unknownResource: {
    status: 400,
    error: 'invalid_resource',
    number: 500011,
    text: "The resource principal named '{name}' was not found in the tenant. Ask for https://graph.windows.net or https://api.partnercenter.microsoft.com.",
  },
} as const;

/** A refused token request: thrown by operations, answered in Azure AD's shape at the edge. */
export class TokenError extends Error {
  readonly status: number;
  readonly error: string;
  readonly number: number;

  /** `name` is the offending value; it is shown, so never give a secret. */
  constructor(kind: keyof typeof tokenErrors, name = '') {
    const { status, error, number, text } = tokenErrors[kind];
    super(`AADSTS${number}: ${text.replace('{name}', name.slice(0, 100))}`);
    this.name = 'TokenError';
    this.status = status;
    this.error = error;
    this.number = number;
  }

  toBody(call: { now: Date; traceId: string; correlationId: string }): object {
    return {
      error: this.error,
      error_description: `${this.message} Trace ID: ${call.traceId} Correlation ID: ${call.correlationId} Timestamp: ${call.now.toISOString()}`,
      error_codes: [this.number],
      timestamp: call.now.toISOString(),
      trace_id: call.traceId,
      correlation_id: call.correlationId,
    };
  }
}
