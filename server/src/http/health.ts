import type { FastifyInstance } from 'fastify';
import type { ReadinessProbe } from '../store/readiness-probe.ts';

/** Whether the service is stopping: it still responds, but should get no new requests. */
export interface Readiness {
  isStopping: boolean;
}

/** `/health/live`: the process responds. `/health/ready`: it also reaches its database and is not stopping. */
export function addHealth(app: FastifyInstance, probe: ReadinessProbe, readiness: Readiness): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const isReady = !readiness.isStopping && (await probe.check());
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready' });
  });
}
