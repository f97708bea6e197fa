import type { AuthenticationError, AuthorityUnavailableError, ConnectionError } from '@muster/sdk';
import { FileError } from '@muster/device-files/file-error';
import { CliError } from './cli-error.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { MessageKey, Say, Word } from './messages/message.ts';
import { plainText } from './terminal/text-layout.ts';

/** How a failure is shown and how the program ends for it. */
export interface Failure {
  readonly text: string;
  readonly exitCode: ExitCode;
}

interface Context {
  readonly say: Say;
  readonly io: Io;
  readonly isDebug: boolean;
}

/** One line for any failure; with `--debug`, also the stack of an unexpected one. */
export async function describeFailure(fault: unknown, { say, io, isDebug }: Context): Promise<Failure> {
  if (fault instanceof CliError)
    return { text: say(fault.key, fault.values).trim(), exitCode: fault.exitCode };
  if (fault instanceof FileError) return { text: say(fault.key, fault.values), exitCode: exitCode.error };
  if (io.interruption.aborted) return { text: say('interrupted'), exitCode: exitCode.interrupted };
  const known = await describeServiceFailure(fault, say);
  if (known) return known;
  const reason = oneLine(fault instanceof Error ? fault.message : String(fault)).replace(/\.$/, '');
  if (isDiskFull(fault)) return { text: say('diskFull', { reason }), exitCode: exitCode.error };
  const stack = isDebug && fault instanceof Error ? `\n${fault.stack ?? ''}` : '';
  return { text: say('unexpected', { reason }) + stack, exitCode: exitCode.error };
}

function isDiskFull(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT');
}

async function describeServiceFailure(fault: unknown, say: Say): Promise<Failure | undefined> {
  // Only what talked to a service has loaded the SDK, so this costs nothing then.
  const sdk = await import('@muster/sdk');
  if (!(fault instanceof sdk.PartnerCenterError)) return undefined;
  if (fault instanceof sdk.UnreadableAuthorityError) {
    const { origin, status } = fault;
    return { text: say('authorityUnreadable', { origin, status }), exitCode: exitCode.error };
  }
  if (fault instanceof sdk.AuthorityUnavailableError) return describeUnavailable(fault, say);
  if (fault instanceof sdk.AuthenticationError) {
    const { reason, id } = describeTokenFailure(fault);
    const told = typeof reason === 'string' ? oneLine(reason) : reason;
    return { text: say('tokenRefused', { reason: told, id }), exitCode: exitCode.authentication };
  }
  if (fault instanceof sdk.DryRunUnavailableError) {
    return { text: say('dryRunUnavailable'), exitCode: exitCode.error };
  }
  if (fault instanceof sdk.WaitTimeoutError) {
    return { text: say('waitTimedOut'), exitCode: exitCode.stillRunning };
  }
  if (fault instanceof sdk.TimeoutError) {
    const { origin, timeoutMs } = fault;
    return { text: say('timedOut', { origin, seconds: timeoutMs / 1000 }), exitCode: exitCode.error };
  }
  if (fault instanceof sdk.ConnectionError) {
    const reason = oneLine(fault.reason).replace(/\.$/, '');
    return {
      text: say(connectionMessage(fault, sdk), { origin: fault.origin, reason }),
      exitCode: exitCode.error,
    };
  }
  if (fault instanceof sdk.ResponseError) {
    const { status, requestId } = fault;
    const description = sentence(fault.description);
    if (fault instanceof sdk.UnreadableResponseError) {
      const content = oneLine(fault.contentType ?? '?');
      return { text: say('unreadable', { content, status }), exitCode: exitCode.error };
    }
    const isUnauthorized = fault instanceof sdk.UnauthorizedError;
    const key = isUnauthorized
      ? 'unauthorized'
      : !fault.isExplained
        ? 'refusedSilently'
        : fault instanceof sdk.ForbiddenError
          ? 'forbidden'
          : 'refused';
    return {
      text: say(key, { status, description, requestId }),
      exitCode: isUnauthorized ? exitCode.authentication : exitCode.error,
    };
  }
  if (fault instanceof sdk.UploadPartError && fault.cause instanceof sdk.ResponseError) {
    const { status, requestId } = fault.cause;
    const description = sentence(fault.cause.description);
    const [first, last] = [fault.firstIndex + 1, fault.firstIndex + fault.count];
    return {
      text: say('partRefused', { first, last, status, description, requestId }),
      exitCode: exitCode.error,
    };
  }
  if (fault instanceof sdk.UploadJournalError) {
    return { text: say(journalMessages[fault.fault]), exitCode: exitCode.error };
  }
  return { text: sentence(fault.message), exitCode: exitCode.error };
}

function connectionMessage(fault: ConnectionError, sdk: typeof import('@muster/sdk')) {
  if (fault instanceof sdk.CertificateError) return 'certificateRefused';
  // What OpenSSL makes of an answer in plain HTTP.
  const isPlain = fault.code === 'ERR_SSL_WRONG_VERSION_NUMBER' || /wrong version number/.test(fault.reason);
  return isPlain ? 'unencrypted' : 'unreachable';
}

const journalMessages = {
  'not-a-journal': 'journalNotOne',
  'other-upload': 'journalOther',
  'input-differs': 'journalInput',
} as const;

function sentence(text: string): string {
  const line = oneLine(text);
  return /[.!?。]$/.test(line) ? line : `${line}.`;
}

/** The service's message on one line, without characters that a terminal would interpret. */
function oneLine(text: string): string {
  return plainText(text.replaceAll(/\s+/g, ' ').trim()).slice(0, 1_000);
}

/** Azure AD's numbers are more specific than OAuth 2.0 codes. Its messages exist only in English. */
const byNumber: Readonly<Record<string, MessageKey>> = {
  AADSTS7000215: 'tokenWrongSecret',
  AADSTS7000222: 'tokenSecretExpired',
  AADSTS700016: 'tokenUnknownApplication',
  AADSTS90002: 'tokenUnknownTenant',
  AADSTS700025: 'tokenPublicApplication',
  AADSTS700027: 'tokenPublicApplication',
  AADSTS50053: 'tokenTooMany',
  AADSTS90033: 'tokenTooMany',
};

/** Two of them are asked only where there is no number: with one that is not known, they may mean something else. */
const byCode: Readonly<Record<string, MessageKey>> = {
  invalid_client: 'tokenWrongSecret',
  unauthorized_client: 'tokenUnknownApplication',
  invalid_grant: 'tokenSignInAgain',
  expired_token: 'tokenCodeExpired',
  authorization_declined: 'tokenDeclined',
  access_denied: 'tokenDeclined',
};

/** Why there is no token: in the words of the catalogue where it has some, otherwise in the authority's own. */
function describeTokenFailure({ code, description }: AuthenticationError): {
  readonly reason: string | Word;
  readonly id: string;
} {
  const number = /^AADSTS\d+/.exec(description)?.[0];
  const isVague = number !== undefined && (code === 'invalid_client' || code === 'unauthorized_client');
  const key = byNumber[number ?? ''] ?? (isVague ? undefined : byCode[code ?? '']);
  if (key === undefined) return { reason: withoutTrace(description), id: number ?? code ?? '?' };
  return { reason: { key }, id: number ?? code ?? '?' };
}

/** Without what Azure AD puts behind its texts for its own support. */
function withoutTrace(description: string): string {
  return description
    .replace(/^AADSTS\d+: /, '')
    .replace(/\s*Trace ID: .*$/s, '')
    .replace(/\.$/, '');
}

/** The authority did not refuse the credential: it is too busy, cannot reach its database, or has another fault. */
function describeUnavailable(
  { origin, status, description = '' }: AuthorityUnavailableError,
  say: Say,
): Failure {
  const number = /^AADSTS\d+/.exec(description)?.[0];
  const key = byNumber[number ?? ''];
  if (key !== undefined)
    return {
      text: say('tokenRefused', { reason: { key }, id: number ?? '' }),
      exitCode: exitCode.authentication,
    };
  const text = /database/i.test(description)
    ? say('authorityUnavailable', { origin })
    : say('authorityFailed', { origin, status });
  return { text, exitCode: exitCode.error };
}
