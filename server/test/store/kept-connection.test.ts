import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../src/store/database.ts';
import { keepConnection } from '../../src/store/kept-connection.ts';
import { createTestDatabase } from '../support/test-database.ts';

test('a kept connection that breaks is replaced again and again, in its one place in the pool, and closes', async () => {
  const { url, drop } = await createTestDatabase();
  const killer = openDatabase({ connectionString: url, max: 1 });
  // With room for one alone, a place that is lost shows at once.
  const database = openDatabase({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
  const failures: unknown[] = [];
  let losses = 0;
  let up = Promise.withResolvers<number>();
  const connection = keepConnection(database, {
    async setUp(client) {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      up.resolve(rows[0]?.pid ?? 0);
    },
    onLoss: () => (losses += 1),
    onFailure: (error) => failures.push(error),
  });
  const seen = new Set<number>();
  for (let round = 0; round < 3; round += 1) {
    const present = await up.promise;
    seen.add(present);
    up = Promise.withResolvers();
    await killer.pool.query('select pg_terminate_backend($1)', [present]);
  }
  seen.add(await up.promise);
  assert.equal(seen.size, 4);
  assert.equal(losses, 3);
  assert.deepEqual(failures, []);
  connection.release();
  await database.pool.end();
  await killer.pool.end();
  await drop();
});
