import type { FaultCode } from './generated/wire-types.ts';

/** Every error the SDK throws, except the reason of an aborted `AbortSignal`, which is thrown as it is. */
export class PartnerCenterError extends Error {
  override name = 'PartnerCenterError';
}

/** What is known of a call without an answer. */
export interface ConnectionFault {
  /** Scheme, host and port that were called. */
  readonly origin: string;
  /** In the platform's words. */
  readonly reason: string;
  /** The platform's own code, such as `ECONNREFUSED`; undefined where it has none, as in browsers. */
  readonly code: string | undefined;
}

/** No answer came: the host is unknown, unreachable, or the connection broke. `cause` is the platform's own error. */
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

/** The host's certificate is not one to trust. Trying again does not help. */
export class CertificateError extends ConnectionError {
  override name = 'CertificateError';
}

/** One try of a call took longer than `timeoutMs`. */
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

/** No access token could be had. `code` and `description` are the token endpoint's own, never a secret. */
export class AuthenticationError extends PartnerCenterError {
  override name = 'AuthenticationError';
  /** The OAuth 2.0 error, such as `invalid_client`; undefined when the endpoint gave none. */
  readonly code: string | undefined;
  readonly description: string;

  constructor(code: string | undefined, description: string, options?: ErrorOptions) {
    super(`No access token: ${description}`, options);
    this.code = code;
    this.description = description;
  }
}

/**
 * The authority could not say whether the credential is good, after all tries: a 5xx, or OAuth's
 * `temporarily_unavailable`, which Muster returns while it cannot reach its database. The credential was not refused, so
 * this is no `AuthenticationError`; try again later.
 */
export class AuthorityUnavailableError extends PartnerCenterError {
  override name = 'AuthorityUnavailableError';
  readonly origin: string;
  readonly status: number;
  /** In the authority's own words; undefined when it gave none. */
  readonly description: string | undefined;

  constructor(origin: string, status: number, description: string | undefined) {
    const reason = description === undefined ? '' : `: ${description.replace(/\.$/, '')}`;
    super(`The authority at ${origin} is unavailable (${status})${reason}. Try again later.`);
    this.origin = origin;
    this.status = status;
    this.description = description;
  }
}

/** What answers at the authority's address is no authority, such as a proxy's page of HTML. Nobody was refused. */
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

/** What a `ResponseError` tells. */
export interface ResponseFault {
  readonly status: number;
  /** Partner Center's error code as text; the HTTP status where the response had none. */
  readonly code: FaultCode | (string & {});
  readonly description: string;
  /** Whether the description is the service's own; otherwise it gave none, and these are the SDK's words. */
  readonly isExplained: boolean;
  /** The members or parameters at fault, if the service named any. */
  readonly data: readonly string[];
  /** The MS-RequestId of the call: the same on all its tries. */
  readonly requestId: string;
  readonly correlationId: string;
  /** How long the service asked to wait; undefined when it did not. */
  readonly retryAfterMs: number | undefined;
  /** How often the call was sent. */
  readonly tries: number;
  /** Whether an earlier try had no answer, so that the call may have been done before this answer was given. */
  readonly isAfterLostAnswer: boolean;
}

/** The service answered with something else than success. Its subclasses tell the common statuses apart. */
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

/** 400: the request is not acceptable as it is; sending it again does not help. */
export class BadRequestError extends ResponseError {
  override name = 'BadRequestError';
}

/** 401: the access token was missing, expired or not accepted. */
export class UnauthorizedError extends ResponseError {
  override name = 'UnauthorizedError';
}

/** 403: the partner or the role may not do this. */
export class ForbiddenError extends ResponseError {
  override name = 'ForbiddenError';
}

/** 404: there is no such customer, batch, device, job or policy. */
export class NotFoundError extends ResponseError {
  override name = 'NotFoundError';
}

/** 409: it exists already, or is in use. */
export class ConflictError extends ResponseError {
  override name = 'ConflictError';
}

/** 429, after all tries or when the wait asked for is longer than the retry policy allows. */
export class TooManyRequestsError extends ResponseError {
  override name = 'TooManyRequestsError';
}

/** 5xx, after all tries. */
export class ServerError extends ResponseError {
  override name = 'ServerError';
}

/** A successful status with a body that is not what the operation answers with, such as an HTML page of a proxy. */
export class UnreadableResponseError extends ResponseError {
  override name = 'UnreadableResponseError';
  /** What the answer says it is, such as `text/html`; undefined when it does not say. */
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

/** The error of the tree that fits the status. */
export function toResponseError(fault: ResponseFault): ResponseError {
  const Class = classes.get(fault.status) ?? (fault.status >= 500 ? ServerError : ResponseError);
  return new Class(fault);
}

/** An answer with a successful status that cannot be used. */
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

/** The media type of an answer, without its parameters. */
export function contentTypeOf(headers: Headers): string | undefined {
  return headers.get('Content-Type')?.split(';')[0]?.trim() || undefined;
}
