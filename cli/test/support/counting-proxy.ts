import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface CountingProxy {
  readonly url: string;
  /** Called before an accepted upload is answered: it is registered, and the client does not know yet. */
  onAccepted: () => void;
}

/** Passes everything on to a service, and tells of each accepted upload. */
export async function startCountingProxy(t: TestContext, target: string): Promise<CountingProxy> {
  const proxy = { url: '', onAccepted: () => undefined };
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const forwarded = request(new URL(url, target), { method, headers }, (answer) => {
      if (method === 'POST' && answer.statusCode === 202) proxy.onAccepted();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
