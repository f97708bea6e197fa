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

/** The headers of a call as Microsoft's .NET SDK sends it (`Content-Type` apart). */
export function clientHeaders(token: string): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'MS-RequestId': '7d5c79e1-9bfc-4daf-9780-6b727e936ee0',
    'MS-CorrelationId': 'bb36c6d2-d1a2-4baf-874f-8d54e4440e30',
    'X-Locale': 'en-US',
    'MS-PartnerCenter-Client': 'Partner Center .NET SDK',
    'MS-SdkVersion': '3.4.0.0',
  };
}

/** A GET as bytes, ready to be written to a socket over and over. */
export function rawGet(port: number, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
