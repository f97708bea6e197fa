import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How long an answer may take. Generous: it ends a broken test, nothing else. */
const answerMsMax = 120_000;

/** Sends these very bytes on a new connection and reads one answer. */
export async function exchangeRaw(url: string, request: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = Buffer.alloc(0);
    const end = (result: RawAnswer | Error): void => {
      socket.destroy();
      if (result instanceof Error) reject(result);
      else resolve(result);
    };
    socket.setTimeout(answerMsMax, () => end(new Error(`No whole answer: ${received.toString()}`)));
    socket.on('error', end);
    socket.on('close', () => end(new Error(`Closed before a whole answer: ${received.toString()}`)));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const answer = parseAnswer(received);
      if (answer) end(answer);
    });
    socket.write(request);
  });
}

/** Undefined as long as it is not whole. `100 Continue` is no answer yet. */
function parseAnswer(bytes: Buffer): RawAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const rest = bytes.subarray(headEnd + 4);
  const status = Number(statusLine.split(' ')[1]);
  if (status === 100) return parseAnswer(rest);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = status === 204 ? 0 : Number(headers['content-length']);
  if (Number.isNaN(length)) throw new Error(`An answer without Content-Length: ${statusLine}`);
  if (rest.length < length) return undefined;
  if (rest.length > length) throw new Error(`Bytes after the answer: ${rest.subarray(length).toString()}`);
  return { status, headers, body: rest.toString('utf8') };
}
