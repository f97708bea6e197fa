import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** A request before it is written as bytes. */
export interface Draft {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

type Change = (draft: Draft) => Draft;

/**
 * Real requests with up to three changes that a broken or hostile client might make: to the method, the target, the
 * headers, a value inside the JSON, the bytes of the body and its encoding, or the bytes of the whole request.
 */
export function fuzzedRequest(drafts: readonly Draft[]): fc.Arbitrary<Buffer> {
  return fc
    .record({
      draft: fc.constantFrom(...drafts),
      changes: fc.array(change, { maxLength: 3 }),
      damage: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: damage }),
    })
    .map(({ draft, changes, damage: damageBytes }) => {
      const bytes = toBytes(changes.reduce((changed, apply) => apply(changed), draft));
      return readable(damageBytes ? damageBytes(bytes) : bytes);
    });
}

/** A failed run shows the request as text. */
function readable(bytes: Buffer): Buffer {
  return Object.assign(bytes, {
    [fc.toStringMethod]: () => JSON.stringify(bytes.subarray(0, 2000).toString('latin1')),
  });
}

/** `Content-Length` is that of the body unless a change named its own. */
function toBytes({ method, target, headers, body }: Draft): Buffer {
  const framed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: muster.test',
    'Connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(framed ? [] : [`Content-Length: ${body.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** What has broken parsers, templates, patterns, numbers and databases elsewhere. */
const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u{feff}',
  '\u{200b}',
  '\u{d800}',
  '😀'.repeat(600),
  'x'.repeat(1025),
  'x'.repeat(70_000),
  '../../etc/passwd',
  '%2e%2e%2f',
  '%00',
  '%',
  '%zz',
  '%ff',
  '%_%_%',
  "'; drop table devices; --",
  '$(id)',
  '${7*7}',
  '<script>alert(1)</script>',
  '{{constructor}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e999',
  '9007199254740993',
  '99999999999999999999999999',
  '2026-13-45T99:99:99Z',
  '275760-09-13T00:00:00.001Z',
  'a'.repeat(50_000) + '!',
  `${'a,'.repeat(20_000)}`,
  `${' '.repeat(50_000)}x`,
  `${'=?'.repeat(5000)}`,
  `"${'\\'.repeat(5001)}`,
  'https://evil.example/',
  '//evil.example',
  '\\\\evil.example\\share',
  '00000000-0000-0000-0000-000000000000',
];

const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200, unit: 'binary' }) },
);

const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, 0, -0, -1, 1e308, 2 ** 53, 1.5, [], {}, [[]], [null]),
  fc.constant(JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {}}}') as unknown),
  fc.constant(Array.from({ length: 2000 }, () => ({}))),
  fc.jsonValue({ maxDepth: 3 }),
);

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'get',
  'G@T',
];

/** Names of headers that the service, its framework or a proxy reads. */
const headerNames = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Content-Encoding',
  'Content-Length',
  'Content-Type',
  'Cookie',
  'Expect',
  'Forwarded',
  'Host',
  'If-Match',
  'If-None-Match',
  'MS-ContinuationToken',
  'MS-CorrelationId',
  'MS-RequestId',
  'Origin',
  'Prefer',
  'Range',
  'Transfer-Encoding',
  'Upgrade',
  'ValidateMfa',
  'X-Forwarded-For',
  'X-HTTP-Method-Override',
  'X-Locale',
];

const headerValues = [
  '0',
  '-1',
  '1, 1',
  '99999999999',
  'chunked',
  'chunked, chunked',
  'gzip',
  'gzip, gzip, gzip',
  'br',
  'application/json; charset=utf-7',
  'application/json; charset="',
  'multipart/form-data; boundary=',
  'text/xml',
  '100-continue',
  'bytes=0-0,1-1,2-2',
  'Bearer',
  'Bearer a.b.c',
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
  'Basic AAAA',
  '*',
  'W/"1", "2", *',
  'zh-TW;q=0.000000001, *;q=2, ;;;',
  'websocket',
];

const headerValue = fc
  .oneof(fc.constantFrom(...headerValues), hostileText)
  // The parser of HTTP refuses control characters in headers; `damage` puts them in.
  .map((value) => value.replace(/\p{Cc}/gu, ' ').slice(0, 10_000));

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...methods).map((method) => (draft: Draft) => ({ ...draft, method })),
  fc
    .record({ at: fc.double({ min: 0, max: 1, noNaN: true }), text: hostileText, replaced: fc.nat(20) })
    .map(({ at, text, replaced }) => (draft: Draft) => {
      const start = 1 + Math.floor(at * (draft.target.length - 1));
      const inserted = text.replace(/[\r\n ]/g, '%20').slice(0, 20_000);
      return {
        ...draft,
        target: draft.target.slice(0, start) + inserted + draft.target.slice(start + replaced),
      };
    }),
  fc
    .tuple(fc.constantFrom('?', '&'), hostileText, hostileText)
    .map(([separator, name, value]) => (draft: Draft) => ({
      ...draft,
      target:
        `${draft.target}${separator}${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`.slice(
          0,
          30_000,
        ),
    })),
  fc.tuple(fc.constantFrom(...headerNames), headerValue).map((header) => (draft: Draft) => ({
    ...draft,
    headers: [...draft.headers.filter(([name]) => name !== header[0]), header],
  })),
  fc.tuple(fc.constantFrom(...headerNames), headerValue).map((header) => (draft: Draft) => ({
    ...draft,
    headers: [...draft.headers, header, header],
  })),
  fc
    .nat(10)
    .map((index) => (draft: Draft) => ({ ...draft, headers: draft.headers.filter((_, at) => at !== index) })),
  fc.tuple(fc.nat(), hostileJson, fc.boolean()).map(([place, value, asKey]) => (draft: Draft) => ({
    ...draft,
    body: changeJson(draft.body, { place, value, asKey }),
  })),
  fc
    .constantFrom<(body: Buffer) => Buffer>(
      (body) => body.subarray(0, body.length / 2),
      (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
      (body) => Buffer.concat([body, Buffer.from([0xff, 0xfe, 0x00])]),
      (body) => Buffer.concat([body, body]),
      () => Buffer.from('['.repeat(100_000)),
      () => Buffer.from(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
      () => Buffer.from(`{"devices":[${'{},'.repeat(20_000)}{}]}`),
      () => Buffer.alloc(0),
    )
    .map((edit) => (draft: Draft) => ({ ...draft, body: edit(draft.body) })),
  fc
    .constantFrom<(body: Buffer) => Buffer>(
      (body) => gzipSync(body),
      (body) => gzipSync(gzipSync(body)),
      (body) => gzipSync(body).subarray(0, -5),
      (body) => Buffer.concat([gzipSync(body), gzipSync(body)]),
      (body) => Buffer.concat([gzipSync(body), Buffer.from('rest')]),
      () => gzipSync(Buffer.alloc(2_000_000)),
      (body) => body,
    )
    .map((encode) => (draft: Draft) => ({
      ...draft,
      headers: [...draft.headers, ['Content-Encoding', 'gzip'] as const],
      body: encode(draft.body),
    })),
);

/** Puts a value, or a member of that name, at some place of a JSON body; leaves alone what is no JSON. */
function changeJson(
  body: Buffer,
  { place, value, asKey }: { place: number; value: unknown; asKey: boolean },
): Buffer {
  // An earlier change may have nested it deeper than a walk can follow.
  if (body.length > 100_000) return body;
  let root: unknown;
  try {
    root = JSON.parse(body.toString());
  } catch {
    return body;
  }
  const places: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key]);
      visit(child);
    }
  };
  visit(root);
  const chosen = places[place % Math.max(1, places.length)];
  if (!chosen) return Buffer.from(JSON.stringify(value) ?? '');
  const [parent, key] = chosen;
  const name = asKey && typeof value === 'string' ? value : key;
  // Defined rather than assigned, or `__proto__` would not be written.
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
  return Buffer.from(JSON.stringify(root));
}

/** Changes to the bytes as they go out. */
const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc
  .record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(30),
    inserted: fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('\r\n', '\r\n\r\n', '\n', '\0', ': ', 'HTTP/9.9', '\r\nX: y\r\n')
        .map((text) => Buffer.from(text)),
    ),
  })
  .map(({ at, removed, inserted }) => (bytes: Buffer) => {
    const start = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + removed)]);
  });
