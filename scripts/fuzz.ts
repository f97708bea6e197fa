// Sends many changed requests to a service and checks every response: `npm run fuzz -- [--requests N] [--seed N]`.
// `npm test` does the same with 1,000 requests. A failed run prints its seed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const run = spawn(process.execPath, ['scripts/run-tests.ts', 'server/test/abuse/fuzz.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    MUSTER_FUZZ_REQUESTS: values.requests,
    ...(values.seed !== undefined && { MUSTER_FUZZ_SEED: values.seed }),
  },
});
const [status] = (await once(run, 'exit')) as [number | null];
process.exitCode = status ?? 1;
