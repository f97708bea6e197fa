/**
 * A service reduced to its PostgreSQL, run by tests as a process of its own: `node run-service.ts DATA_DIRECTORY [--once]`.
 * It writes one JSON line per event; a signal makes it drain (one more query), then stop.
 */
import { Client } from 'pg';

import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';

function tell(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

const dataDirectory = process.argv[2] ?? '';
try {
  const postgres = await startEmbeddedPostgres({
    dataDirectory,
    onUnexpectedExit: (detail) => tell({ event: 'lost', detail }),
  });
  const drain = async (): Promise<void> => {
    const client = new Client(postgres.connection);
    await client.connect();
    const { rows } = await client.query<{ answer: number }>('select 42 as answer');
    await client.end();
    tell({ event: 'drained', answer: rows[0]?.answer });
    await postgres.stop();
    tell({ event: 'stopped' });
  };
  process.once('SIGINT', () => void drain());
  process.once('SIGTERM', () => void drain());
  tell({ event: 'running', uid: process.geteuid?.() });
  if (process.argv[3] === '--once') await drain();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  tell({ event: 'failed', name: error.name, message: error.message });
}
