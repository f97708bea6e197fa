import { createServer } from 'node:http';
import { answerParent, listenOnAnyPort } from '../machine/program.ts';

/** The answer to give, taken from the service: its headers, name and value in turn, and its body. */
export interface BareAnswer {
  readonly headers: readonly string[];
  readonly body: Uint8Array;
}

/** Up to this length `node:http` writes a body fastest as text, joined with its headers; beyond it, as bytes. */
const textBytesMax = 16_384;

/** The limit of P1: bare `node:http`, the same bytes for every request. Answers with its port. */
answerParent<BareAnswer>(({ headers, body }) => {
  const text = body.length <= textBytesMax ? Buffer.from(body).toString('latin1') : undefined;
  const server = createServer((_request, response) => {
    response.writeHead(200, headers as string[]);
    if (text === undefined) response.end(body);
    else response.end(text, 'latin1');
  });
  return listenOnAnyPort(server);
});
