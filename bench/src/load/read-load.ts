import { connect, type Socket } from 'node:net';
import { answerParent } from '../machine/program.ts';
import { ResponseReader } from './response-reader.ts';

/** Reads to send: keep-alive connections, one request at a time on each, as clients do. */
export interface ReadOrder {
  readonly port: number;
  /** Whole requests as text, sent in turn. */
  readonly requests: readonly string[];
  readonly connections: number;
  readonly warmUpMs: number;
  readonly ms: number;
}

export interface ReadResult {
  readonly requestsPerSecond: number;
  /** How much of one processor the load took: near 1, it is the load that was measured. */
  readonly busy: number;
}

answerParent<ReadOrder>(async (order): Promise<ReadResult> => {
  const requests = order.requests.map((request) => Buffer.from(request, 'latin1'));
  let responses = 0;
  const failed = Promise.withResolvers<never>();
  const sockets = Array.from({ length: order.connections }, (_, index) =>
    openConnection({
      port: order.port,
      requests,
      first: index * 997,
      onResponse: () => (responses += 1),
      onError: failed.reject,
    }),
  );
  const wait = (ms: number): Promise<unknown> =>
    Promise.race([failed.promise, new Promise((resolve) => setTimeout(resolve, ms))]);
  try {
    await wait(order.warmUpMs);
    const [before, cpuBefore, startedAt] = [responses, process.cpuUsage(), performance.now()];
    await wait(order.ms);
    const ms = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpuBefore);
    return { requestsPerSecond: ((responses - before) / ms) * 1000, busy: (user + system) / 1000 / ms };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});

interface Connection {
  readonly port: number;
  readonly requests: readonly Buffer[];
  readonly first: number;
  readonly onResponse: () => void;
  readonly onError: (error: Error) => void;
}

function openConnection({ port, requests, first, onResponse, onError }: Connection): Socket {
  let next = first;
  const send = (): void => {
    const request = requests[next % requests.length];
    next += 1;
    if (request) socket.write(request);
  };
  const reader = new ResponseReader(() => {
    onResponse();
    send();
  });
  const take = (length: number, buffer: Uint8Array): boolean => {
    try {
      reader.read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
    } catch (error) {
      onError(error as Error);
    }
    return true;
  };
  // One buffer for all that arrives: nothing to allocate per answer.
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: { buffer: Buffer.alloc(256 * 1024), callback: take },
  });
  socket.on('error', onError);
  socket.on('end', () => onError(new Error('The server closed the connection.')));
  socket.once('connect', send);
  return socket;
}
