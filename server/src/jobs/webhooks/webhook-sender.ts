import type { Context } from '../../registry/context.ts';
import { signWebhook } from '../../registry/webhooks/webhook-signature.ts';
import type { Log } from '../../store/log.ts';
import { disableWebhookEndpoint } from '../../store/events/webhook-endpoints.ts';
import {
  claimDeliveries,
  msUntilDelivery,
  recordDelivered,
  recordFailedAttempt,
  type DeliveryAttempt,
  type DueDelivery,
} from '../../store/events/webhook-deliveries.ts';
import { AddressNotAllowedError, sendWebhook } from './send-webhook.ts';

/** The pauses after failed attempts, in seconds: those of the Standard Webhooks specification. After the last, no more. */
const retrySeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** Pauses vary by this part, so that what failed together does not come back together. */
const jitter = 0.1;
const retryAfterSecondsMax = 86_400;
const attemptMs = 20_000;
/** For how long nothing can be delivered before an endpoint is disabled. */
const failingDays = 5;
const attemptsAtOnce = 32;
/** So that one slow receiver does not hold up the others. */
const attemptsPerEndpoint = 4;
/** How often to look for deliveries that nobody told of: those of a node that died. */
const lookMs = 30_000;
/** How long attempts in progress have when the node stops. */
const stopMs = 5000;

/** Sends events to the endpoints that partners set up, on every node that runs jobs. */
export class WebhookSender {
  readonly #ctx: Context;
  readonly #log: Log;
  readonly #stopListening: () => void;
  readonly #attempts = new Set<Promise<void>>();
  /** How many attempts are in progress for each endpoint. */
  readonly #perEndpoint = new Map<string, number>();
  readonly #stop = new AbortController();
  #isStopping = false;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isLookWanted = false;

  /** Starts sending. */
  constructor(ctx: Context, log: Log) {
    this.#ctx = ctx;
    this.#log = log;
    this.#stopListening = ctx.eventNotices.listen({ onEvents: () => this.#wake() });
    this.#wake();
  }

  /** Sends no more, and resolves when the attempts in progress have ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopListening();
    clearTimeout(this.#timer);
    await this.#looking;
    const timer = setTimeout(() => this.#stop.abort(), stopMs);
    await Promise.all(this.#attempts);
    clearTimeout(timer);
  }

  #wake(): void {
    this.#isLookWanted = true;
    if (this.#isStopping || this.#looking) return;
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (this.#isLookWanted) this.#wake();
    });
  }

  /** Takes what is due, and sets the clock for what is due next. Never rejects. */
  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    let nextMs = lookMs;
    try {
      while (this.#isLookWanted && !this.#isStopping) {
        this.#isLookWanted = false;
        const limit = attemptsAtOnce - this.#attempts.size;
        if (limit <= 0) return;
        const busyEndpointIds = [...this.#perEndpoint.keys()];
        const claim = { limit, perEndpoint: attemptsPerEndpoint, busyEndpointIds };
        const due = await claimDeliveries(this.#ctx.db, claim);
        for (const delivery of due) this.#start(delivery);
        if (due.length > 0) this.#isLookWanted = true;
        else nextMs = Math.min(lookMs, (await msUntilDelivery(this.#ctx.db, busyEndpointIds)) ?? lookMs);
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'could not look for webhooks to send');
    }
    if (!this.#isStopping) this.#timer = setTimeout(() => this.#wake(), Math.max(nextMs, 50)).unref();
  }

  #start(delivery: DueDelivery): void {
    const { endpointId, eventId } = delivery;
    this.#perEndpoint.set(endpointId, (this.#perEndpoint.get(endpointId) ?? 0) + 1);
    const attempt = this.#attempt(delivery)
      .catch((error: unknown) =>
        this.#log.warn({ endpointId, eventId, err: error }, 'could not record the delivery of a webhook'),
      )
      .finally(() => {
        this.#attempts.delete(attempt);
        const left = (this.#perEndpoint.get(endpointId) ?? 0) - 1;
        if (left > 0) this.#perEndpoint.set(endpointId, left);
        else this.#perEndpoint.delete(endpointId);
        this.#wake();
      });
    this.#attempts.add(attempt);
  }

  async #attempt(delivery: DueDelivery): Promise<void> {
    const { db } = this.#ctx;
    const { endpointId, eventId, attempt } = delivery;
    const startedAt = performance.now();
    const { retryAfter, ...result } = await this.#send(delivery);
    const done: DeliveryAttempt = {
      endpointId,
      eventId,
      attempt,
      ms: Math.round(performance.now() - startedAt),
      ...result,
    };
    const { status = 0 } = done;
    // Neither the URL nor the answer is logged: both may hold secrets of the receiver.
    this.#log.info({ webhook: delivery.eventType, ...done }, 'webhook sent');
    if (status >= 200 && status < 300) return recordDelivered(db, done);
    const pause = status === 410 ? null : nextPause(attempt, readRetryAfter(retryAfter, this.#ctx.now()));
    await recordFailedAttempt(db, done, pause);
    const reason = status === 410 ? 'gone' : 'failing';
    if (await disableWebhookEndpoint(db, endpointId, { reason, failingDays }))
      this.#log.warn({ endpointId, reason }, 'a webhook endpoint was disabled');
  }

  async #send(delivery: DueDelivery): Promise<{ status?: number; problem?: string; retryAfter?: string }> {
    const { url, eventId: id, eventType, occurredAt, data, signatureVersion, signingKeys } = delivery;
    const body = JSON.stringify({ type: eventType, timestamp: occurredAt.toISOString(), data });
    const signature = signWebhook({ id, sentAt: new Date(), body }, signatureVersion, signingKeys);
    const headers = { 'content-type': 'application/json', 'user-agent': 'Muster', ...signature };
    const timeout = AbortSignal.timeout(attemptMs);
    try {
      const signal = AbortSignal.any([timeout, this.#stop.signal]);
      const answer = await sendWebhook({ url, headers, body }, { ...this.#ctx, signal });
      const { status, retryAfter } = answer;
      return { status, ...(retryAfter !== undefined && { retryAfter }) };
    } catch (error) {
      return { problem: timeout.aborted ? 'timeout' : nameProblem(error) };
    }
  }
}

/** Why there was no answer, in words that do not change. */
function nameProblem(error: unknown): string {
  if (error instanceof AddressNotAllowedError) return 'address_not_allowed';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'name_not_found';
  if (/CERT|^ERR_(TLS|SSL)|^EPROTO$|UNABLE_TO|SELF_SIGNED/.test(code)) return 'tls_failed';
  return 'connection_failed';
}

/** How long to wait after the failed attempt of this number, in seconds; null: there is no other. */
function nextPause(attempt: number, retryAfterSeconds: number): number | null {
  const seconds = retrySeconds[attempt - 1];
  if (seconds === undefined) return null;
  const pause = seconds * (1 - jitter + 2 * jitter * Math.random());
  return Math.max(pause, Math.min(retryAfterSeconds, retryAfterSecondsMax));
}

/** `Retry-After` in seconds: a number, or a date. 0 when there is none. */
function readRetryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const time = Date.parse(header);
  return Number.isNaN(time) ? 0 : Math.max(0, (time - now.getTime()) / 1000);
}
