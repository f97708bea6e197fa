import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** How one request is answered: with a status, headers and JSON (or text as it is), or by closing the connection. */
export type ScriptedAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | 'cut'
  | 'never';

/** An HTTP server that answers its requests one after another from a script; the last answer stays. */
export async function startScriptedServer(t: TestContext, answers: readonly ScriptedAnswer[]) {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const place = requests.push(await readRequest(request));
    const answer = answers[Math.min(place, answers.length) - 1];
    if (answer !== undefined && answer !== 'never') give(answer, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, body: Buffer.concat(chunks).toString() };
}

function give(answer: Exclude<ScriptedAnswer, 'never'>, response: ServerResponse): void {
  if (answer === 'cut') {
    response.socket?.destroy();
    return;
  }
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const type = typeof answer.body === 'string' ? 'text/html' : 'application/json';
  response.writeHead(answer.status, {
    ...(text === undefined ? {} : { 'Content-Type': type }),
    ...answer.headers,
  });
  response.end(text);
}
