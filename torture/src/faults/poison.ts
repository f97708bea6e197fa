import { setTimeout as delay } from 'node:timers/promises';
import { report, untilAccepted, withClient, type Extent, type Report } from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Client, Load, newDevices } from '../load.ts';
import { startService } from '../service.ts';

/** Jobs whose registration always fails, or never comes to an end, beside ordinary ones. */
export async function poison(extent: Extent): Promise<Report> {
  const service = await startService({ settings: { MUSTER_STATEMENT_SECONDS: '2' } });
  const databaseUrl = await service.embeddedUrl();
  const ledger = new Ledger();
  const token = await service.requestToken();
  const target = { urls: [service.url], token, ledger };
  await withClient(databaseUrl, (client) =>
    client.query(`create function fail() returns trigger language plpgsql as $$ begin
        if new.model_name = 'Poison' then raise 'poison'; end if;
        if new.model_name = 'Endless' then perform pg_sleep(3600); end if;
        return new; end $$;
      create trigger fail before insert on devices for each row execute function fail()`),
  );
  const client = new Client(target);
  const kinds = extent === 'short' ? ['Poison'] : ['Poison', 'Endless'];
  const poisoned: string[] = [];
  for (const model of kinds)
    for (let job = 0; job < 2; job += 1) {
      const location = await client.createBatch(newDevices(5, model));
      if (location) poisoned.push(location);
    }
  const load = new Load(target, 4);
  // What waits for its next attempt is due at once: otherwise eight attempts take two minutes.
  const hurry = 'update batch_jobs set due_at = now() where completed_at is null and lease_id is null';
  await withClient(databaseUrl, async (database) => {
    for (const location of poisoned) {
      const status = async (): Promise<string> => (await client.send('GET', pathOf(location)))?.text ?? '';
      while (!/^\{"batchTrackingId":"[^"]*","status":"finished/.test(await status())) {
        await database.query(hurry);
        await delay(50);
      }
      const text = await status();
      if (!text.includes('"status":"finished_with_errors"') || !text.includes('"errorCode":"640"'))
        ledger.problem(`a job that always fails ended as ${text.slice(0, 300)}`);
    }
  });
  // Others were not held up.
  await untilAccepted(ledger, 10);
  await load.stop();
  return report(databaseUrl, ledger, `${poisoned.length} jobs that never work beside others`);
}

function pathOf(location: string): string {
  return location.replace(/^\/customers\/[^/]+/, '');
}
