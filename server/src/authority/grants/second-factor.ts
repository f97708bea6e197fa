import { randomInt } from 'node:crypto';
import type { Context } from '../../registry/context.ts';
import {
  findSecondFactorSecret,
  saveSecondFactor,
  takeRecoveryCode,
  takeSecondFactorStep,
} from '../../store/access/second-factors.ts';
import { digestSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { matchTotp } from '../totp.ts';

const recoveryCodes = 8;

/** 24 digits are 80 random bits: too many to be found from a digest. */
const recoveryCodeDigits = 24;

/** What a person typed: the code of their app, or one of their recovery codes. */
export interface TypedCode {
  readonly code: string;
  readonly recoveryCode: string;
}

/** Proves a user's second factor. Each code counts once. Throws TokenError, also after too many wrong codes. */
export async function proveSecondFactor(
  ctx: Context,
  authority: TokenAuthority,
  { userId, typed }: { userId: string; typed: TypedCode },
): Promise<void> {
  const secret = await findSecondFactorSecret(ctx.db, userId);
  const retryAfterSeconds = authority.secondFactors.secondsUntilRoom(userId);
  if (retryAfterSeconds > 0) throw new TokenError('tooManyFailures', '', { retryAfterSeconds });
  // Counted before anything is awaited, so that many tries at once are not counted as one.
  authority.secondFactors.count(userId);
  if (!secret || !(await takeCode(ctx, { userId, secret, typed }))) throw new TokenError('wrongCode');
  authority.secondFactors.uncount(userId);
}

async function takeCode(
  { db, now }: Context,
  { userId, secret, typed }: { userId: string; secret: Buffer; typed: TypedCode },
): Promise<boolean> {
  const recoveryCode = typed.recoveryCode.replace(/\D/g, '');
  if (recoveryCode !== '') return takeRecoveryCode(db, userId, digestSecret(recoveryCode));
  const step = matchTotp(secret, typed.code, now());
  return step !== undefined && takeSecondFactorStep(db, userId, step);
}

/**
 * Sets up a user's authenticator app, proved by its first code, and gives new recovery codes: they exist nowhere else.
 * Throws TokenError for a wrong code, or when there is an app already and it is not to be replaced.
 */
export async function setUpSecondFactor(
  ctx: Context,
  setUp: { userId: string; secret: Buffer; code: string; replaces: boolean },
): Promise<readonly string[]> {
  const { userId, secret, replaces } = setUp;
  const lastStep = matchTotp(secret, setUp.code, ctx.now());
  if (lastStep === undefined) throw new TokenError('wrongCode');
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
  const recoveryCodeDigests = codes.map(digestSecret);
  const factor = { userId, secret, lastStep, recoveryCodeDigests };
  if (!(await saveSecondFactor(ctx.db, factor, { replaces }))) throw new TokenError('mfaAlreadySetUp');
  return codes.map((code) => code.replace(/(?<=\d)(?=(\d{4})+$)/g, '-'));
}

function newRecoveryCode(): string {
  return Array.from({ length: recoveryCodeDigits }, () => randomInt(10)).join('');
}
