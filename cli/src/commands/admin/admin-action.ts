import type { AdminOperationId } from '@muster/contract/admin/admin-operations';
import type { Options } from '../../command.ts';
import type { MessageKey } from '../../messages/message.ts';

/** How an option becomes a member of the request's body. */
export interface BodyMember {
  readonly member: string;
  /** Default: the value as it was given. */
  readonly read?: (value: string | boolean | readonly string[], option: string) => unknown;
  /** The value of an option that takes none. */
  readonly value?: boolean;
}

/** One thing to do, such as `muster admin partners create`: one operation of the administration API. */
export interface AdminAction {
  readonly operation: AdminOperationId;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/admin/v1`, as in the contract. */
  readonly path: string;
  /** The parameter of the path that the command's argument is; the others come from options. */
  readonly argument?: string;
  /** Options that must be given. */
  readonly needs?: readonly string[];
  /** Options that narrow a list: `partner` goes into the query as `partnerId`. */
  readonly filters?: readonly string[];
  /** Options that go into the body. */
  readonly body?: Readonly<Record<string, BodyMember>>;
  /** Members of the body that need no option; an option wins. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** What the argument becomes in the body, where it is no part of the path. */
  readonly argumentMember?: string;
  /** It takes something away for good, so it asks first. */
  readonly isFinal?: boolean;
}

/** A noun of `muster admin`: what can be done to it, and how a list of it is shown. */
export interface AdminNoun {
  readonly actions: Readonly<Record<string, AdminAction>>;
  readonly options: Options;
  readonly columns: readonly { readonly title: MessageKey; readonly member: string }[];
  readonly example: string;
}

/** Which option fills a parameter of a path. */
export const parameterOptions: Readonly<Record<string, string>> = {
  partnerId: 'partner',
  clientId: 'application',
};
