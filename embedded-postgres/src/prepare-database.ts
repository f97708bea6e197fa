import type { Client } from 'pg';

import { embeddedUser } from './initialise-cluster.ts';

/**
 * Once per cluster: the service's own database, and no statement errors of its sessions in the server's log. They are
 * told to the service, and their messages may quote a value ("invalid input syntax for type uuid: ...").
 */
export async function prepareDatabase(client: Client): Promise<void> {
  const { rows } = await client.query<{ has_database: boolean; log_min_messages: string }>(
    `select exists (select from pg_database where datname = $1) as has_database,
            current_setting('log_min_messages') as log_min_messages`,
    [embeddedUser],
  );
  if (rows[0]?.log_min_messages !== 'log') {
    await client.query(`alter role ${embeddedUser} set log_min_messages = 'log'`);
  }
  if (rows[0]?.has_database !== true) await client.query(`create database ${embeddedUser}`);
}
