import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from '../../http/html.ts';
import type { Context } from '../../registry/context.ts';
import { findUser, type User } from '../../store/access/users.ts';
import type { SignedInUser } from '../grants/issue-user-token.ts';
import { proveSecondFactor, setUpSecondFactor } from '../grants/second-factor.ts';
import { signInUser } from '../grants/sign-in-user.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { newTotpSecret } from '../totp.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { codeForm, recoveryCodesForm, setUpForm } from './second-factor-forms.ts';
import { problemText, sendPage } from './send-page.ts';
import { signInForm } from './sign-in-form.ts';
import { ensureBrowserCookie, signTicket, type TicketPurpose } from './sign-in-ticket.ts';

/** A request to a page, with what answers it. */
export interface Visit {
  readonly ctx: Context;
  readonly authority: TokenAuthority;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * How far a sign-in is, as the ticket of its page says: the password is asked for first, then the code of the app, or a new
 * app is set up and its recovery codes are shown.
 */
export type SignInStep =
  | { readonly at: 'password' }
  | { readonly at: 'code'; readonly userId: string }
  | { readonly at: 'set-up'; readonly userId: string; readonly secret: string; readonly replaces: boolean }
  | { readonly at: 'recovery-codes'; readonly userId: string };

/** What a sign-in is for. */
export interface SignInGoal {
  readonly purpose: TicketPurpose;
  /** What the ticket carries. Plain members. */
  readonly request: object;
  /** Whose user it has to be; undefined where anybody may sign in. */
  readonly partnerId: string | undefined;
  /** Above the form: who asks. */
  readonly introduction: Html;
  /** Where the browser goes on to, beside this service. */
  readonly redirectUri?: string;
  /** Whether an authenticator app is set up in any case. */
  readonly setsUpMfa?: boolean;
  complete(signedIn: SignedInUser): Promise<FastifyReply>;
  cancel(): Promise<FastifyReply>;
}

/** What the form of a step shows again after a refusal. */
interface Tried {
  readonly userName?: string | undefined;
  readonly problem?: string;
}

/** The first page of a sign-in. */
export function beginSignIn(visit: Visit, goal: SignInGoal, tried: Tried = {}): Promise<FastifyReply> {
  return sendStep(visit, goal, { step: { at: 'password' }, ...tried });
}

/** Takes what was typed on the page of a step, and answers with the next page, or with the goal's. */
export async function takeStep(
  visit: Visit,
  goal: SignInGoal,
  { step, form }: { step: SignInStep; form: ReadonlyMap<string, string> },
): Promise<FastifyReply> {
  if (form.get('action') === 'cancel') return goal.cancel();
  try {
    if (step.at === 'password') return await takePassword(visit, goal, form);
    return await takeSecondFactor(visit, goal, { step, form });
  } catch (error) {
    const problem = problemText(visit.request, error);
    return sendStep(visit, goal, { step, userName: form.get('username'), problem });
  }
}

async function takePassword(
  visit: Visit,
  goal: SignInGoal,
  form: ReadonlyMap<string, string>,
): Promise<FastifyReply> {
  const user = await signInUser(visit.ctx, visit.authority, {
    userName: form.get('username') ?? '',
    password: form.get('password') ?? '',
    partnerId: goal.partnerId,
    address: visit.request.ip,
  });
  const { userId } = user;
  if (user.isMfaRegistered) return sendStep(visit, goal, { step: { at: 'code', userId } });
  if (user.requiresMfa || goal.setsUpMfa) return sendSetUp(visit, goal, { userId, replaces: false });
  return goal.complete({ user, hasMfa: false });
}

async function takeSecondFactor(
  visit: Visit,
  goal: SignInGoal,
  { step, form }: { step: Exclude<SignInStep, { at: 'password' }>; form: ReadonlyMap<string, string> },
): Promise<FastifyReply> {
  const { ctx, authority, request } = visit;
  const { userId } = step;
  const user = await enabledUser(ctx, userId);
  if (step.at === 'recovery-codes') return goal.complete({ user, hasMfa: true });
  const code = form.get('code') ?? '';
  if (step.at === 'set-up') {
    const secret = Buffer.from(step.secret, 'base64url');
    const codes = await setUpSecondFactor(ctx, { userId, secret, code, replaces: step.replaces });
    request.log.info({ userId, address: request.ip }, 'an authenticator app was set up');
    return sendStep(visit, goal, { step: { at: 'recovery-codes', userId }, recoveryCodes: codes });
  }
  const typed = { code, recoveryCode: form.get('recovery_code') ?? '' };
  await proveSecondFactor(ctx, authority, { userId, typed });
  if (goal.setsUpMfa) return sendSetUp(visit, goal, { userId, replaces: true });
  return goal.complete({ user, hasMfa: true });
}

function sendSetUp(
  visit: Visit,
  goal: SignInGoal,
  { userId, replaces }: { userId: string; replaces: boolean },
): Promise<FastifyReply> {
  const secret = newTotpSecret().toString('base64url');
  return sendStep(visit, goal, { step: { at: 'set-up', userId, secret, replaces } });
}

async function enabledUser(ctx: Context, userId: string): Promise<User> {
  const user = await findUser(ctx.db, userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  return user;
}

type Shown = Tried & { readonly step: SignInStep; readonly recoveryCodes?: readonly string[] };

async function sendStep(visit: Visit, goal: SignInGoal, shown: Shown): Promise<FastifyReply> {
  const { ctx, authority, request, reply } = visit;
  const { step, problem } = shown;
  const cookie = ensureBrowserCookie(request, reply, authority.publicUrl);
  const signed = { purpose: goal.purpose, request: { ...goal.request, step } };
  const ticket = await signTicket(authority, signed, { cookie, now: ctx.now() });
  return sendPage(request, reply, {
    title: pageWords[pageLocale(request)].signIn,
    status: problem === undefined ? 200 : 400,
    content: await formOf(visit, goal, { ...shown, ticket }),
    redirectUri: goal.redirectUri,
  });
}

async function formOf(
  { ctx, request }: Visit,
  { introduction, setsUpMfa = false }: SignInGoal,
  { step, recoveryCodes = [], ...form }: Shown & { ticket: string },
): Promise<Html> {
  const words = pageWords[pageLocale(request)];
  if (step.at === 'password') return signInForm({ words, introduction, offersMfa: !setsUpMfa, ...form });
  if (step.at === 'code') return codeForm({ words, ...form });
  if (step.at === 'recovery-codes') return recoveryCodesForm({ words, ...form }, recoveryCodes);
  const user = await findUser(ctx.db, step.userId);
  const secret = Buffer.from(step.secret, 'base64url');
  return setUpForm({ words, ...form, secret, userPrincipalName: user?.userPrincipalName ?? '' });
}
