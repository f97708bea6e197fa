import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A request on its way through. */
export interface PassingRequest {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
  /** 1 for the first request of the proxy. */
  readonly place: number;
}

/**
 * What goes wrong: `refuse` cuts the connection before the service hears of the request; `lose` after the service has
 * done it; `cut` in the middle of its answer; `hold` never answers, though the service has done it. Or a status of the
 * proxy's own, the service knowing nothing.
 */
export type Fault =
  | 'refuse'
  | 'lose'
  | 'cut'
  | 'hold'
  | { readonly status: number; readonly retryAfter?: number };

/** Decides for each request what goes wrong; undefined lets it pass. */
export type FaultPlan = (request: PassingRequest) => Fault | undefined;

/** A proxy before a real service that breaks what it is told to break. */
export async function startFaultProxy(t: TestContext, target: string, plan: FaultPlan) {
  const requests: PassingRequest[] = [];
  const server = createServer(async (request, response) => {
    const passing: PassingRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      requestId: request.headers['ms-requestid']?.toString(),
      place: requests.length + 1,
    };
    requests.push(passing);
    const body = await readBody(request).catch(() => undefined);
    if (body) await pass({ request, body, response }, target, plan(passing)).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly body: Buffer<ArrayBuffer>;
  readonly response: ServerResponse;
}

async function pass(exchange: Exchange, target: string, fault: Fault | undefined): Promise<void> {
  const { response } = exchange;
  if (fault === 'refuse') {
    response.socket?.destroy();
    return;
  }
  if (typeof fault === 'object') {
    const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': `${fault.retryAfter}` };
    response.writeHead(fault.status, headers).end();
    return;
  }
  const answer = await forward(exchange, target);
  const text = Buffer.from(await answer.arrayBuffer());
  if (fault === 'hold') return;
  if (fault === 'lose') {
    response.socket?.destroy();
    return;
  }
  const headers = Object.fromEntries(answer.headers);
  delete headers['transfer-encoding'];
  delete headers['content-encoding'];
  const isCut = fault === 'cut';
  response.writeHead(answer.status, { ...headers, 'content-length': `${text.length + (isCut ? 1 : 0)}` });
  if (!isCut) response.end(text);
  else response.write(text, () => response.socket?.destroy());
  if (isCut && text.length === 0) response.socket?.destroy();
}

function forward({ request, body }: Exchange, target: string): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string' && !/^(host|connection|content-length|keep-alive|expect)$/.test(name))
      headers.set(name, value);
  const method = request.method ?? 'GET';
  const hasBody = body.length > 0;
  return fetch(target + (request.url ?? ''), {
    method,
    headers,
    ...(hasBody && { body }),
    redirect: 'manual',
  });
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
