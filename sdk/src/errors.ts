import type { FaultCode } from './generated/wire-types.ts';

/** The base of every error that the SDK throws, except for the reason of an aborted `AbortSignal`, which is thrown unchanged. */
export class PartnerCenterError extends Error {
  override name = 'PartnerCenterError';
}

/** What is known about a call without a response. */
export interface ConnectionFault {
  /** Scheme, host and port that were called. */
  readonly origin: string;
  /** The platform's description. */
  readonly reason: string;
  /** The platform's own code, such as `ECONNREFUSED`; undefined if it has none, as in browsers. */
  readonly code: string | undefined;
}

/** There was no response: the host is unknown or unreachable, or the connection was lost. `cause` is the platform's error. */
export class ConnectionError extends PartnerCenterError implements ConnectionFault {
  override name = 'ConnectionError';
  readonly origin: string;
  readonly reason: string;
  readonly code: string | undefined;

  constructor({ origin, reason, code }: ConnectionFault, options?: ErrorOptions) {
    super(`No answer from ${origin}: ${reason}`, options);
    this.origin = origin;
    this.reason = reason;
    this.code = code;
  }
}

/** The host's certificate is not trusted. Retrying does not help. */
export class CertificateError extends ConnectionError {
  override name = 'CertificateError';
}

/** An attempt of a call took longer than `timeoutMs`. */
export class TimeoutError extends PartnerCenterError {
  override name = 'TimeoutError';
  readonly origin: string;
  readonly timeoutMs: number;

  constructor(origin: string, timeoutMs: number, options?: ErrorOptions) {
    super(`${origin} did not answer within ${timeoutMs} ms.`, options);
    this.origin = origin;
    this.timeoutMs = timeoutMs;
  }
}

/** No access token was issued. `code` and `description` are those of the token endpoint and never contain a secret. */
export class AuthenticationError extends PartnerCenterError {
  override name = 'AuthenticationError';
  /** The OAuth 2.0 error, such as `invalid_client`; undefined if there was none. */
  readonly code: string | undefined;
  readonly description: string;

  constructor(code: string | undefined, description: string, options?: ErrorOptions) {
    super(`No access token: ${description}`, options);
    this.code = code;
    this.description = description;
  }
}

/**
 * The authority could not check the credential, even after all retries: it returned a 5xx, or OAuth's
 * `temporarily_unavailable`, as Muster does while it cannot reach its database. The credential was not refused, so this is
 * not an `AuthenticationError`. Try again later.
 */
export class AuthorityUnavailableError extends PartnerCenterError {
  override name = 'AuthorityUnavailableError';
  readonly origin: string;
  readonly status: number;
  /** The authority's description; undefined if there was none. */
  readonly description: string | undefined;

  constructor(origin: string, status: number, description: string | undefined) {
    const reason = description === undefined ? '' : `: ${description.replace(/\.$/, '')}`;
    super(`The authority at ${origin} is unavailable (${status})${reason}. Try again later.`);
    this.origin = origin;
    this.status = status;
    this.description = description;
  }
}

/** The address is not that of an authority; for example, a proxy returned an HTML page. No credential was refused. */
export class UnreadableAuthorityError extends AuthenticationError {
  override name = 'UnreadableAuthorityError';
  readonly origin: string;
  readonly status: number;

  constructor(origin: string, status: number) {
    super(undefined, `${origin} answered ${status} without JSON. Is this the address of the authority?`);
    this.origin = origin;
    this.status = status;
  }
}

/** The contents of a `ResponseError`. */
export interface ResponseFault {
  readonly status: number;
  /** Partner Center's error code as a string, or the HTTP status if the response had none. */
  readonly code: FaultCode | (string & {});
  readonly description: string;
  /** Whether the description is from the service. If it gave none, the description is from the SDK. */
  readonly isExplained: boolean;
  /** The members or parameters at fault, if the service named any. */
  readonly data: readonly string[];
  /** The MS-RequestId of the call, which is the same for all of its attempts. */
  readonly requestId: string;
  readonly correlationId: string;
  /** How long the service asked the client to wait; undefined if it did not. */
  readonly retryAfterMs: number | undefined;
  /** How many times the call was sent. */
  readonly tries: number;
  /** Whether an earlier attempt had no response, in which case it may already have been carried out. */
  readonly isAfterLostAnswer: boolean;
}

/** The service returned an error. There is a subclass for each common status. */
export class ResponseError extends PartnerCenterError implements ResponseFault {
  override name = 'ResponseError';
  readonly status: number;
  readonly code: FaultCode | (string & {});
  readonly description: string;
  readonly isExplained: boolean;
  readonly data: readonly string[];
  readonly requestId: string;
  readonly correlationId: string;
  readonly retryAfterMs: number | undefined;
  readonly tries: number;
  readonly isAfterLostAnswer: boolean;

  constructor(fault: ResponseFault) {
    super(`${fault.status} (code ${fault.code}): ${fault.description}`);
    this.status = fault.status;
    this.code = fault.code;
    this.description = fault.description;
    this.isExplained = fault.isExplained;
    this.data = fault.data;
    this.requestId = fault.requestId;
    this.correlationId = fault.correlationId;
    this.retryAfterMs = fault.retryAfterMs;
    this.tries = fault.tries;
    this.isAfterLostAnswer = fault.isAfterLostAnswer;
  }
}

/** 400: the request is not valid. Retrying does not help. */
export class BadRequestError extends ResponseError {
  override name = 'BadRequestError';
}

/** 401: the access token was missing, expired, or not accepted. */
export class UnauthorizedError extends ResponseError {
  override name = 'UnauthorizedError';
}

/** 403: the partner or the role is not allowed to do this. */
export class ForbiddenError extends ResponseError {
  override name = 'ForbiddenError';
}

/** 404: the customer, batch, device, job, or policy does not exist. */
export class NotFoundError extends ResponseError {
  override name = 'NotFoundError';
}

/** 409: the resource already exists, or is in use. */
export class ConflictError extends ResponseError {
  override name = 'ConflictError';
}

/** 429, after all retries, or if `Retry-After` is longer than the retry options allow. */
export class TooManyRequestsError extends ResponseError {
  override name = 'TooManyRequestsError';
}

/** 5xx, after all retries. */
export class ServerError extends ResponseError {
  override name = 'ServerError';
}

/** A successful status with an unexpected body, such as the HTML page of a proxy. */
export class UnreadableResponseError extends ResponseError {
  override name = 'UnreadableResponseError';
  /** The media type of the response, such as `text/html`; undefined if it has none. */
  readonly contentType: string | undefined;

  constructor(fault: ResponseFault & { readonly contentType: string | undefined }) {
    super(fault);
    this.contentType = fault.contentType;
  }
}

const classes = new Map<number, typeof ResponseError>([
  [400, BadRequestError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, NotFoundError],
  [409, ConflictError],
  [429, TooManyRequestsError],
]);

/** The error class for a status. */
export function toResponseError(fault: ResponseFault): ResponseError {
  const Class = classes.get(fault.status) ?? (fault.status >= 500 ? ServerError : ResponseError);
  return new Class(fault);
}

/** A successful response that cannot be read. */
export function toUnreadableError(
  answer: Pick<ResponseFault, 'status' | 'requestId' | 'correlationId' | 'tries'> & {
    readonly headers: Headers;
  },
  description: string,
): UnreadableResponseError {
  const { status, requestId, correlationId, tries } = answer;
  return new UnreadableResponseError({
    status,
    code: `${status}`,
    description,
    isExplained: false,
    data: [],
    requestId,
    correlationId,
    retryAfterMs: undefined,
    tries,
    isAfterLostAnswer: false,
    contentType: contentTypeOf(answer.headers),
  });
}

/** The media type of a response, without its parameters. */
export function contentTypeOf(headers: Headers): string | undefined {
  return headers.get('Content-Type')?.split(';')[0]?.trim() || undefined;
}
