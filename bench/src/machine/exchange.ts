import { request, type RequestOptions } from 'node:http';

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly location: string;
  readonly body: Buffer;
}

/** One request to this machine by `node:http`, which sends what it is given and no more. */
export function exchange(options: RequestOptions, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', ...options });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          rawHeaders: response.rawHeaders,
          location: response.headers.location ?? '',
          body: Buffer.concat(parts),
        }),
      );
    });
    outgoing.end(body);
  });
}

/** Throws when an answer has another status. */
export function requireStatus(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer;
  throw new Error(`A request was answered ${answer.status}: ${answer.body.toString('utf8').slice(0, 300)}`);
}
