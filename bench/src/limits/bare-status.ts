import { createServer } from 'node:http';
import { answerParent } from '../machine/program.ts';
import { listenOnAnyPort } from './listen.ts';

/** The answer to give, taken from the service: its headers, name and value in turn, and its body. */
export interface BareAnswer {
  readonly headers: readonly string[];
  readonly body: Uint8Array;
}

/** The limit of P1: bare `node:http`, the same bytes for every request. Answers with its port. */
answerParent<BareAnswer>(({ headers, body }) =>
  listenOnAnyPort(
    createServer((_request, response) => {
      response.writeHead(200, headers as string[]);
      response.end(body);
    }),
  ),
);
