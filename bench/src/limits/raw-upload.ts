import type { IncomingMessage } from 'node:http';
import type pg from 'pg';

/** The tables of the limits: hash bytes as they are stored by the service, out of line and not compressed. */
export const rawTables = `
  create table raw_devices (serial_number text, hardware_hash bytea);
  alter table raw_devices alter column hardware_hash set storage external;`;

/**
 * Parses the body of an upload and stores its devices by one multi-row insert, committed. The hashes go as one binary
 * value cut apart by the server: of eight ways tried, the fastest (bench/RESULTS.md). Gives the serial numbers.
 */
export async function storeRaw(pool: pg.Pool, request: IncomingMessage): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { devices: Device[] } | Device[];
  const devices = Array.isArray(body) ? body : body.devices;
  const serialNumbers = devices.map((device) => device.serialNumber);
  const hashes = devices.map((device) => Buffer.from(device.hardwareHash, 'base64'));
  await pool.query({
    name: 'store',
    text: `insert into raw_devices
      select serial_number, substring($2::bytea from 1 + (position::int - 1) * $3::int for $3::int)
      from unnest($1::text[]) with ordinality as d (serial_number, position)`,
    values: [serialNumbers, Buffer.concat(hashes), hashes[0]?.length],
  });
  return serialNumbers;
}

interface Device {
  readonly serialNumber: string;
  readonly hardwareHash: string;
}
