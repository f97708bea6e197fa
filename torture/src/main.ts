// Breaks the service in every way that docs/reliability.md lists and checks that nothing it accepted is lost:
// `npm run torture`, some minutes; `-- --short` for CI, `-- --long` for the full counts, `-- --only 1,4` for some.
import { parseArgs } from 'node:util';
import type { Extent, Report } from './fault.ts';
import { breakDatabase } from './faults/break-database.ts';
import { exhaust } from './faults/exhaust.ts';
import { killService } from './faults/kill-service.ts';
import { loseNodes } from './faults/lose-nodes.ts';
import { poison } from './faults/poison.ts';
import { promoteStandby } from './faults/promote-standby.ts';
import { race } from './faults/race.ts';
import { releaseAll } from './service.ts';

interface Fault {
  readonly what: string;
  readonly run: (extent: Extent) => Promise<Report>;
}

/** By their numbers in docs/reliability.md. */
const faults: Readonly<Record<string, Fault>> = {
  1: { what: 'kill -9 of the service under mixed load', run: killService },
  2: { what: 'PostgreSQL killed, restarted, cut off and delayed', run: breakDatabase },
  3: { what: 'three nodes, one killed, frozen or restarted at a time', run: loseNodes },
  4: { what: 'clients that race for the same devices, and repeat what they did not hear', run: race },
  5: { what: 'disk full, file descriptors used up, connections used up', run: exhaust },
  6: { what: 'the primary killed, a synchronous standby promoted', run: promoteStandby },
  7: { what: 'jobs that always fail, or never come to an end', run: poison },
};

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(faults).join(',') },
  },
});
const extent: Extent = values.short ? 'short' : values.long ? 'long' : 'default';
const total = { accepted: 0, finished: 0, lost: 0, doubled: 0 };
let broken = 0;

for (const number of values.only.split(',')) {
  const fault = faults[number.trim()];
  if (!fault) throw new Error(`No fault ${number}. There are ${Object.keys(faults).join(', ')}.`);
  const startedAt = performance.now();
  console.log(`${number}. ${fault.what}`);
  try {
    print(await fault.run(extent), startedAt);
  } catch (error) {
    broken += 1;
    console.log(`   BROKEN: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    await releaseAll();
  }
}
console.log(
  `accepted ${total.accepted}, finished ${total.finished}, lost ${total.lost}, doubled ${total.doubled}` +
    (broken > 0 ? `; ${broken} promises broken` : ''),
);
// Clients of a fault that broke off may still be repeating their requests.
process.exit(broken > 0 ? 1 : 0);

function print({ ledger, notes, problems, ...counts }: Report, startedAt: number): void {
  for (const key of ['accepted', 'finished', 'lost', 'doubled'] as const) total[key] += counts[key];
  broken += problems.length;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  const answers = [...ledger.answers].map(([answer, count]) => `${answer}: ${count}`).join(', ');
  console.log(`   ${notes}; ${seconds} s; ${JSON.stringify(counts)}; answers ${answers}`);
  for (const problem of problems) console.log(`   BROKEN: ${problem}`);
}
