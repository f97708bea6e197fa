import type { Phrase } from '@muster/contract/locale';

/** Why a request is refused before any rule of the registry applies. */
export type RequestProblem =
  /** A part of the request cannot be used. `member`: its name, or a text where it has none. */
  | { readonly kind: 'invalid-input'; readonly member: string | Phrase; readonly problem: Phrase }
  | { readonly kind: 'token-missing' }
  /** The access token is not valid here. */
  | { readonly kind: 'unauthorized'; readonly problem: Phrase }
  | { readonly kind: 'malformed-body'; readonly problem: Phrase }
  | { readonly kind: 'body-too-large'; readonly limit: number }
  /** The service is overloaded, stopping, or cannot reach its database. The same request may succeed later. */
  | { readonly kind: 'unavailable' };

/** A request that cannot be read or served now. Each API returns the error in its own shape. */
export class RequestError extends Error {
  readonly problem: RequestProblem;

  constructor(problem: RequestProblem, cause?: unknown) {
    super('problem' in problem ? problem.problem['en-US'] : problem.kind, { cause });
    this.name = 'RequestError';
    this.problem = problem;
  }
}
