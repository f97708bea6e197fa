import { createServer } from 'node:http';
import pg from 'pg';
import { answerParent, listenOnAnyPort } from '../machine/program.ts';
import { rawTables, storeRaw } from './raw-upload.ts';

/** The limit of P2: bare `node:http`, `JSON.parse`, one raw multi-row insert, 202. Answers with its port. */
answerParent<{ databaseUrl: string }>(async ({ databaseUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 12 });
  await pool.query(rawTables);
  const server = createServer((request, response) => {
    storeRaw(pool, request).then(
      () => response.writeHead(202, { 'Content-Length': 0 }).end(),
      () => response.writeHead(500, { 'Content-Length': 0 }).end(),
    );
  });
  return listenOnAnyPort(server);
});
