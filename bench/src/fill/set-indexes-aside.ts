import type pg from 'pg';

/** Tables that are filled by the million. */
const largeTables = ['devices', 'device_keys', 'hardware_hashes', 'batch_jobs'] as const;

/**
 * Drops the indexes and constraints of the large tables and gives the statements that make them again, read from the
 * schema itself: sorting an index once takes minutes less than growing it row by row.
 */
export async function setIndexesAside(client: pg.Client): Promise<string[]> {
  const tables = `array['${largeTables.join("','")}']::regclass[]`;
  const constraints = await client.query<{ name: string; owner: string; definition: string }>(`
    select quote_ident(conname) as name, conrelid::regclass::text as owner, pg_get_constraintdef(oid) as definition
    from pg_constraint where conrelid = any (${tables}) and contype in ('p', 'u', 'f')
    order by contype = 'f' desc`);
  for (const { name, owner } of constraints.rows)
    await client.query(`alter table ${owner} drop constraint ${name}`);
  const indexes = await client.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any (${tables})`);
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  const remade = constraints.rows.toReversed();
  return [
    ...remade.map(
      ({ name, owner, definition }) => `alter table ${owner} add constraint ${name} ${definition}`,
    ),
    ...indexes.rows.map(({ definition }) => definition),
  ];
}
