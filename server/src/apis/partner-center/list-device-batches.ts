import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { DeviceBatch, DeviceBatchCollection } from '@muster/contract';
import type { FastifyReply } from 'fastify';
import type { Context } from '../../registry/context.ts';
import {
  type DeviceBatch as Batch,
  findDeviceBatches,
  listDeviceBatches as listFirstBatches,
  listDeviceBatchIds,
} from '../../store/registry/device-batches.ts';
import type { OperationCall } from '../endpoint.ts';
import { linkTo, wirePath } from './paging.ts';

/** How many batches are read and rendered together: 1 to 2 ms of work. */
const batchesPerPart = 250;

/** Runs the tasks of an owner one at a time, in order of arrival, so that other owners get their turn in between. */
class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(owner) ?? Promise.resolve()).then(() => setImmediate()).then(work);
    const over = turn
      .catch(() => {})
      .finally(() => {
        if (this.#last.get(owner) === over) this.#last.delete(owner);
      });
    this.#last.set(owner, over);
    return turn;
  }
}

/** Of all long lists that a partner reads, only one part is rendered at a time. */
const partTurns = new Turns();

/**
 * The batches of a customer, all in one response. A long list is written as it is read, so that neither memory nor other
 * requests notice its length; how fast its reader is makes no difference to others.
 */
export async function listDeviceBatches({
  ctx,
  caller,
  customerId,
  reply,
}: OperationCall): Promise<DeviceBatchCollection | FastifyReply> {
  const batches = await listFirstBatches(ctx.db, { customerId, limit: batchesPerPart + 1 });
  if (batches.length <= batchesPerPart)
    return {
      totalCount: batches.length,
      items: batches.map((batch) => describeBatch(customerId, batch)),
      ...endOfList(customerId),
    };
  const ids = await listDeviceBatchIds(ctx.db, customerId);
  const parts = renderParts(ctx, { partnerId: caller.partnerId, customerId, ids });
  return reply.header('Content-Type', 'application/json; charset=utf-8').send(Readable.from(parts));
}

/** Together, the same bytes as of the whole list rendered at once. */
async function* renderParts(
  ctx: Context,
  { partnerId, customerId, ids }: { partnerId: string; customerId: string; ids: readonly string[] },
): AsyncGenerator<string> {
  yield `{"totalCount":${ids.length},"items":[`;
  for (let first = 0; first < ids.length; first += batchesPerPart) {
    const part = await partTurns.run(partnerId, async () => {
      const batches = await findDeviceBatches(ctx.db, ids.slice(first, first + batchesPerPart));
      return batches.map((batch) => JSON.stringify(describeBatch(customerId, batch))).join(',');
    });
    yield first === 0 ? part : `,${part}`;
  }
  yield `],${JSON.stringify(endOfList(customerId)).slice(1)}`;
}

function endOfList(customerId: string): Pick<DeviceBatchCollection, 'links' | 'attributes'> {
  return {
    links: { self: linkTo(wirePath`/customers/${customerId}/deviceBatches`) },
    attributes: { objectType: 'Collection' },
  };
}

function describeBatch(customerId: string, batch: Batch): DeviceBatch {
  return {
    id: batch.batchId,
    createdBy: batch.createdBy,
    creationDate: batch.createdAt.toISOString(),
    status: batch.isInWork ? 'processing' : 'finished',
    devicesCount: batch.devicesCount,
    deviceCount: batch.devicesCount,
    devicesLink: linkTo(wirePath`/customers/${customerId}/deviceBatches/${batch.batchId}/devices`),
    attributes: { objectType: 'DeviceBatch' },
  };
}
