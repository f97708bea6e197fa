import type { Exchange } from '../connection/tracing-fetch.ts';
import type { Say } from '../messages/message.ts';
import type { Paint } from '../terminal/paint.ts';

/** A request and its answer as they are written in documentation. */
export function renderExchange({ request, answer, durationMs }: Exchange, say: Say, paint: Paint): string {
  return [
    paint('bold', say('scenarioRequest')),
    `${request.method} ${request.url} HTTP/1.1`,
    ...renderHeaders(request.headers),
    ...renderBody(request.body),
    '',
    paint('bold', `${say('scenarioAnswer')} (${durationMs} ms)`),
    `HTTP/1.1 ${answer.status}`,
    ...renderHeaders(answer.headers),
    ...renderBody(answer.body),
    '',
    '',
  ].join('\n');
}

function renderHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function renderBody(body: unknown): string[] {
  return body === undefined ? [] : ['', JSON.stringify(body, null, 2)];
}
