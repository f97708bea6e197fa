import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { report, times, untilAccepted, type Extent, type Report } from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Load } from '../load.ts';
import { startService } from '../service.ts';

/** The service is killed at random moments under mixed load, its PostgreSQL left to the next start. */
export async function killService(extent: Extent): Promise<Report> {
  const service = await startService();
  const ledger = new Ledger();
  const load = new Load({ urls: [service.url], token: await service.requestToken(), ledger }, 8);
  const kills = times(extent, 2, 12, 100);
  for (let kill = 0; kill < kills; kill += 1) {
    await untilAccepted(ledger, 10);
    await delay(randomInt(300));
    await service.signal('SIGKILL');
    await service.start();
  }
  await load.stop();
  return report(await service.embeddedUrl(), ledger, `${kills} kills`);
}
