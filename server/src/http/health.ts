import sql from 'sql-template-tag';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../store/database.ts';

/** Whether the service is on its way down: it still answers, but should get no new work. */
export interface Readiness {
  isStopping: boolean;
}

/** `/health/live`: the process answers. `/health/ready`: it also reaches its database and is not stopping. */
export function addHealth(app: FastifyInstance, database: Database, readiness: Readiness): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const isReady = !readiness.isStopping && (await reaches(database));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready' });
  });
}

async function reaches(database: Database): Promise<boolean> {
  try {
    await database.query(sql`select 1`);
    return true;
  } catch {
    return false;
  }
}
