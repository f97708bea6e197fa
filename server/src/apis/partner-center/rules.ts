import { WireError, type Operation } from '@muster/contract';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { successorOf } from '../../authority/clouds.ts';
import type { Caller } from '../../registry/caller.ts';
import type { Log } from '../../store/log.ts';

/** What the live service refuses today, by its error code. */
const objections = {
  900420:
    'Tokens for Azure AD Graph are refused since 2025: ask for https://api.partnercenter.microsoft.com (in China https://partner.partnercenterapi.microsoftonline.cn).',
  900421: 'A user token without MFA evidence is refused since 2026: sign in with a second factor.',
  900329: 'This operation is documented for a signed-in user only (app+user).',
} as const;

type ObjectionCode = keyof typeof objections;

/** The maximum number of notified applications that are remembered. Beyond it, the least recently used are removed. */
const toldMax = 10_000;

/**
 * The rules that have changed over the years. `today` refuses what the live service refuses. `lenient` accepts what old SDKs
 * send, and notifies each application once of what would be refused, in the log and in the response header `Muster-Notice`.
 */
export class Rules {
  readonly kind: 'lenient' | 'today';
  readonly #isStrictAboutAppUser: boolean;
  readonly #log: Log;
  readonly #told = new LRUCache<string, true>({ max: toldMax });

  constructor(kind: 'lenient' | 'today', options: { isStrictAboutAppUser: boolean; log: Log }) {
    this.kind = kind;
    this.#log = options.log;
    this.#isStrictAboutAppUser = options.isStrictAboutAppUser || kind === 'today';
  }

  /** Refuses a request, or reports what the live service would refuse. Throws AudienceRetired, MfaRequired, AppUserRequired. */
  apply(caller: Caller, { request, operation, setHeader }: Exchange): void {
    // With this header, clients test which of their calls have MFA evidence. App-only calls are exempt.
    if (/^true$/i.test(String(request.raw.headers.validatemfa)) && caller.userId !== undefined)
      setHeader('isMfaCompliant', String(caller.hasMfa === true));
    const found = objectionsTo(caller, operation);
    if (this.#isStrictAboutAppUser && found.includes(900329)) throw new WireError('AppUserRequired');
    if (this.kind === 'today') refuse(caller, found);
    const news = found.filter((code) => !this.#isTold(caller, code));
    if (news.length === 0) return;
    for (const code of news) {
      this.#told.set(keyOf(caller, code), true);
      this.#log.warn({ clientId: caller.clientId, code: String(code) }, `lenient rules: ${objections[code]}`);
    }
    setHeader('Muster-Notice', news.map((code) => `${code} ${objections[code]}`).join(' '));
  }

  #isTold(caller: Caller, code: ObjectionCode): boolean {
    return this.#told.get(keyOf(caller, code)) === true;
  }
}

interface Exchange {
  readonly request: Pick<FastifyRequest, 'raw'>;
  readonly setHeader: (name: string, value: string) => void;
  /** Absent for the exchange of a token. */
  readonly operation?: Pick<Operation, 'requiresUser'>;
}

function objectionsTo(caller: Caller, operation?: Pick<Operation, 'requiresUser'>): ObjectionCode[] {
  const found: ObjectionCode[] = [];
  if (successorOf(caller.audience) !== undefined) found.push(900420);
  if (caller.userId !== undefined && caller.hasMfa !== true) found.push(900421);
  if (caller.userId === undefined && operation?.requiresUser) found.push(900329);
  return found;
}

function refuse({ audience }: Caller, found: readonly ObjectionCode[]): void {
  const successor = successorOf(audience);
  if (successor !== undefined) throw new WireError('AudienceRetired', { audience: successor });
  if (found.includes(900421)) throw new WireError('MfaRequired');
}

function keyOf({ clientId }: Caller, code: ObjectionCode): string {
  return `${clientId} ${code}`;
}
