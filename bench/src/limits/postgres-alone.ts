import pg from 'pg';
import { startEmbeddedPostgres } from '@muster/embedded-postgres';

/**
 * The limit of P7: a process that only starts the embedded PostgreSQL of a data directory (creates it, the first time)
 * and asks it one thing. Prints a line when it was answered; stops at SIGTERM.
 */
const postgres = await startEmbeddedPostgres({ dataDirectory: process.argv[2] ?? '' });
const client = new pg.Client(postgres.connection);
await client.connect();
await client.query('select 1');
process.stdout.write('answered\n');
process.once('SIGTERM', () => void client.end().then(() => postgres.stop()));
