import { createServer } from 'node:http';
import pg from 'pg';
import { answerParent, listenOnAnyPort } from '../machine/program.ts';
import { rawTables, storeRaw } from './raw-upload.ts';

/** `listen` answers with the port; `settle` when everything accepted so far is registered. */
export type RegistrationOrder =
  | { readonly kind: 'listen'; readonly databaseUrl: string }
  | { readonly kind: 'settle' };

/** As many rows and unique keys as the service's registry gets for a device with a full hash, and nothing else. */
const registryTables = `
  create table raw_registry (device_id uuid primary key, serial_number text, registered_at timestamptz);
  create table raw_keys (identity_key uuid primary key, device_id uuid);`;

const registration = `
  with input as (select uuidv7() as device_id, serial_number from unnest($1::text[]) as serial_number),
  registered as (insert into raw_registry select device_id, serial_number, now() from input)
  insert into raw_keys
  select md5(kind || serial_number)::uuid, device_id from input, unnest(array['hash', 'tpm', 'uuid', 'name']) as kind
  on conflict do nothing`;

const registrations = new Set<Promise<unknown>>();

/**
 * The limit of P3: the raw insert of P2, and after each answer one set-based statement that registers those devices:
 * one row each, and four unique keys. No decision, no outcome, no job, no answer to read.
 */
answerParent<RegistrationOrder>(async (order) => {
  if (order.kind === 'settle') {
    await Promise.all(registrations);
    return undefined;
  }
  const pool = new pg.Pool({ connectionString: order.databaseUrl, max: 12 });
  await pool.query(rawTables + registryTables);
  const server = createServer((request, response) => {
    const stored = storeRaw(pool, request);
    stored.then(
      () => response.writeHead(202, { 'Content-Length': 0 }).end(),
      () => response.writeHead(500, { 'Content-Length': 0 }).end(),
    );
    registrations.add(
      stored.then((names) => pool.query({ name: 'register', text: registration, values: [names] })),
    );
  });
  return listenOnAnyPort(server);
});
