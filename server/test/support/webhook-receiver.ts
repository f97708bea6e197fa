import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

/** A webhook as it arrived. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, unknown>;
  };
}

/** An HTTP server on this machine that gets webhooks. */
export interface WebhookReceiver {
  /** Its address, without a path. */
  readonly url: string;
  /** The next webhook to this path that nobody has asked for yet, as soon as it is there. */
  next(path: string): Promise<ReceivedWebhook>;
  /** How webhooks to a path are answered. Default: 204. */
  answer(path: string, answer: (response: ServerResponse) => void): void;
}

/** Starts a receiver; it is closed after the tests of the file. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const answers = new Map<string, (response: ServerResponse) => void>();
  const received: ReceivedWebhook[] = [];
  let arrived = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '';
    const headers = request.headers as Record<string, string>;
    received.push({ path, headers, body, event: JSON.parse(body) as ReceivedWebhook['event'] });
    (answers.get(path) ?? ((answered) => answered.writeHead(204).end()))(response);
    arrived.resolve();
    arrived = Promise.withResolvers();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (path, answer) => void answers.set(path, answer),
    async next(path) {
      for (;;) {
        const index = received.findIndex((one) => one.path === path);
        const [found] = index < 0 ? [] : received.splice(index, 1);
        if (found) return found;
        await arrived.promise;
      }
    },
  };
}
