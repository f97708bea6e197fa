import type { Role } from '@muster/contract/roles';

/** Who makes a request, as the access token says. */
export interface Caller {
  readonly partnerId: string;
  readonly clientId: string;
  /** The signed-in user; absent for an application acting as itself. */
  readonly userId?: string;
  /** How the caller is named to people: the user's or the application's name. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** What the token is for, without a slash at the end. */
  readonly audience?: string;
  /** Whether the token carries evidence of a second factor (`mfa` in its claim `amr`). */
  readonly hasMfa?: boolean;
}
