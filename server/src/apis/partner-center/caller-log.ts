import { symbols, type Logger } from 'pino';
import type { Caller } from '../../registry/caller.ts';

/** Ids of a request: letters, digits, `.`, `{`, `}`, `-` and `_`, so they stand in JSON as they are. */
interface RequestIds {
  readonly requestId: string;
  readonly correlationId: string;
}

/** Logs one answered request. */
export type LogAnswered = (ids: RequestIds) => void;

/** What pino keeps under its symbols, which its types leave out. */
interface PinoInside {
  /** Members of every line of this logger as JSON, each with a comma before it. */
  readonly [symbols.chindingsSym]: string;
  readonly [symbols.streamSym]: { write(line: string): void };
}

/**
 * Logs the requests of one caller that were answered 200 at once, with the line that pino would write. All but the time and
 * the ids is put together beforehand: a line takes half as long (docs/decisions/0006-finished-status.md).
 */
export function logOfCaller(log: Logger, route: string, { partnerId, clientId }: Caller): LogAnswered {
  if (!log.isLevelEnabled('info')) return () => {};
  const child = log.child({ method: 'GET', route, partnerId, clientId, status: 200, ms: 0 });
  const { [symbols.chindingsSym]: members, [symbols.streamSym]: stream } = child as unknown as PinoInside;
  const begin = `{"level":${log.levels.values.info},"time":`;
  return ({ requestId, correlationId }) =>
    stream.write(
      `${begin}${Date.now()}${members},"requestId":"${requestId}","correlationId":"${correlationId}","msg":"request"}\n`,
    );
}
