import pg from 'pg';
import { answerParent } from '../machine/program.ts';

export interface CommitOrder {
  readonly databaseUrl: string;
  readonly samples: number;
}

/**
 * The limit of P4: one row committed with a notification, another connection that hears of it, changes the row, commits
 * and notifies back. Two fsynced commits and one notify round trip; milliseconds per sample.
 */
answerParent<CommitOrder>(async ({ databaseUrl, samples }): Promise<number[]> => {
  const [client, worker] = [databaseUrl, databaseUrl].map(
    (connectionString) => new pg.Client({ connectionString }),
  );
  if (!client || !worker) throw new Error('There are two connections.');
  await Promise.all([client.connect(), worker.connect()]);
  await client.query('create table if not exists commits (id int primary key, done boolean)');
  await client.query('truncate commits');
  await Promise.all([client.query('listen done'), worker.query('listen work')]);
  let finishing: Promise<unknown> | undefined;
  worker.on('notification', ({ payload }) => {
    finishing = worker.query({
      name: 'finish',
      text: `with done as (update commits set done = true where id = $1 returning id) select pg_notify('done', id::text) from done`,
      values: [payload],
    });
  });
  const times: number[] = [];
  for (let id = 0; id < samples; id += 1) {
    const start = performance.now();
    const heard = new Promise((resolve) => client.once('notification', resolve));
    await client.query({
      name: 'start',
      text: `with new as (insert into commits values ($1, false) returning id) select pg_notify('work', id::text) from new`,
      values: [id],
    });
    await heard;
    times.push(performance.now() - start);
  }
  await finishing;
  await Promise.all([client.end(), worker.end()]);
  return times;
});
