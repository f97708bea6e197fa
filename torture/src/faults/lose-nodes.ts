import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  report,
  startSharedPostgres,
  times,
  untilAccepted,
  withClient,
  type Extent,
  type Report,
} from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Load, type Target } from '../load.ts';
import { startService, type Service } from '../service.ts';

/** Of three nodes on one PostgreSQL, one at a time is killed, frozen for longer than a lease, or restarted. */
export async function loseNodes(extent: Extent): Promise<Report> {
  const databaseUrl = await startSharedPostgres();
  const settings = { DATABASE_URL: databaseUrl };
  const api = await startService({ settings: { ...settings, MUSTER_ROLE: 'api' } });
  const both = await startService({ settings });
  const worker = await startService({ settings: { ...settings, MUSTER_ROLE: 'worker' } });
  const ledger = new Ledger();
  const target = { urls: [api.url, both.url], token: await api.requestToken(), ledger };
  const load = new Load(target, 6);
  const overdue = new Overdue(databaseUrl);
  const rounds = times(extent, 1, 2, 10);
  for (let round = 0; round < rounds; round += 1)
    for (const node of [both, worker, api])
      for (const signal of ['SIGKILL', 'SIGSTOP', 'SIGTERM'] as const) {
        if (extent === 'short' && node === api) continue;
        await untilAccepted(ledger, 5);
        await node.signal(signal);
        const witness = node === api ? both : api;
        const checking = readElsewhere(witness, target);
        if (signal === 'SIGSTOP') await delay(9000);
        await checking;
        if (signal === 'SIGSTOP') await node.signal('SIGCONT');
        else await node.start();
      }
  await load.stop();
  const late = await overdue.stop();
  return report(databaseUrl, ledger, `${rounds} rounds; a job waited ${late} s after its lease at the most`);
}

/** While one node is away, reads on another one never fail. */
async function readElsewhere({ url }: Service, { token, ledger }: Target): Promise<void> {
  for (let read = 0; read < 20; read += 1) {
    const { location } = ledger.accepted[randomInt(ledger.accepted.length)] ?? {};
    const response = await fetch(`${url}/v1${location}`, { headers: { authorization: `Bearer ${token}` } });
    if (response.status !== 200) ledger.problem(`a read on another node: ${response.status}`);
    await response.arrayBuffer();
  }
}

/** Follows how long jobs wait after their lease has ended. */
class Overdue {
  #isOn = true;
  readonly #longest: Promise<number>;

  constructor(databaseUrl: string) {
    this.#longest = this.#follow(databaseUrl);
  }

  stop(): Promise<number> {
    this.#isOn = false;
    return this.#longest;
  }

  async #follow(databaseUrl: string): Promise<number> {
    let longest = 0;
    await withClient(databaseUrl, async (client) => {
      while (this.#isOn) {
        const { rows } = await client.query<{ seconds: number }>(`
          select coalesce(max(extract(epoch from now() - due_at)), 0)::float8 as seconds from batch_jobs
          where completed_at is null and lease_id is not null`);
        longest = Math.max(longest, rows[0]?.seconds ?? 0);
        await delay(100);
      }
    });
    return Math.round(longest * 10) / 10;
  }
}
