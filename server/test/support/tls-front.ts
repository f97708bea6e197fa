import { once } from 'node:events';
import { request as openRequest } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { makeSelfSignedCertificate } from './self-signed-certificate.ts';

/** What ends TLS in front of a Muster, as a reverse proxy does in production. */
export interface TlsFront {
  /** `https://localhost:PORT`. */
  readonly url: string;
  readonly port: number;
  /** Its own authority, as PEM: what a client must trust. */
  readonly certificate: string;
  /** Method and path of every request that came through, without the query. */
  readonly requests: string[];
  /** Where requests go; set when the service behind listens. */
  target: string;
}

/** Starts one on a free port; it is stopped after the tests of the file. `hosts` are names beside localhost. */
export async function startTlsFront(hosts: readonly string[] = []): Promise<TlsFront> {
  const { certificate, key } = makeSelfSignedCertificate(['localhost', '127.0.0.1', ...hosts]);
  const requests: string[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    const { method, headers } = request;
    const onward = openRequest(`${front.target}${request.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const port = await listen(server);
  const front: TlsFront = { url: `https://localhost:${port}`, port, certificate, requests, target: '' };
  return front;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}
