import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Call } from '@muster/sdk';
import { usageError } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { connect } from '../connection/connect.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { translateFileFault } from '../open-file.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export const apiCommand = defineCommand({
  usage: 'METHOD PATH',
  argumentCount: [2, 2],
  isConnected: true,
  example: `muster api GET /v1/customers
muster api POST /v1/customers/47021739-3426-40bf-9601-61b4b6d7c793/policies --input policy.json`,
  json: {
    'en-US': 'The response is always printed as JSON, so --json has no effect.',
    'zh-TW': '回應一律以 JSON 輸出，因此 --json 沒有作用。',
  },
  options: {
    input: {
      type: 'string',
      short: 'i',
      value: 'FILE',
      description: {
        'en-US': 'File that contains the request body, or - for standard input',
        'zh-TW': '含有要求本文的檔案，- 表示標準輸入',
      },
    },
    body: {
      type: 'string',
      value: 'JSON',
      description: { 'en-US': 'Request body', 'zh-TW': '要求本文' },
    },
    header: {
      type: 'string',
      short: 'H',
      multiple: true,
      value: 'NAME:VALUE',
      description: { 'en-US': 'Additional header. Can be repeated', 'zh-TW': '額外的標頭，可重複指定' },
    },
    include: {
      type: 'boolean',
      description: {
        'en-US': 'Also print the status and headers of the response',
        'zh-TW': '一併輸出回應的狀態與標頭',
      },
    },
  },
  async run(invocation, io) {
    const { values } = invocation;
    const [method = '', path = ''] = invocation.arguments;
    if (values.body !== undefined && values.input !== undefined) {
      throw usageError('optionsExclude', { options: '--body, --input' });
    }
    const call: Call = {
      method: readMethod(method),
      path: readPath(path),
      headers: Object.fromEntries((values.header ?? []).map(readHeader)),
      options: { signal: io.interruption },
    };
    const body = values.input === undefined ? values.body : await readInput(values.input, io);
    const { partner } = await connect(invocation, io);
    const answer = await partner.send(body === undefined ? call : { ...call, body });
    if (values.include) {
      const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}\n`);
      await io.stdout.write(`HTTP ${answer.status}\n${headers.join('')}\n`);
    }
    if (answer.body !== undefined) await io.stdout.write(`${JSON.stringify(answer.body, null, 2)}\n`);
    return exitCode.finished;
  },
});

function readMethod(method: string): Call['method'] {
  const known = methods.find((name) => name === method.toUpperCase());
  if (!known) throw usageError('badChoice', { option: 'METHOD', value: method, choices: methods.join(', ') });
  return known;
}

/** Below `/v1`, which may stand before it: `/v1/customers`, `/customers` and `customers` are the same. */
function readPath(path: string): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  if (path === '' || path.includes('://') || /[\s\p{C}]/u.test(path)) throw usageError('badPath', { path });
  return rooted.replace(/^\/+v1(?:\.0)?(?=\/)/i, '');
}

function readHeader(header: string): [name: string, value: string] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*([^\r\n]*)$/.exec(header) ?? [];
  if (name === undefined || value === undefined) throw usageError('badHeader', { header });
  return [name, value];
}

async function readInput(file: string, io: Io): Promise<string> {
  if (file === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of io.stdin.bytes) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }
  return readFile(resolve(io.workingDirectory, file), 'utf8').catch((fault: unknown) => {
    throw translateFileFault(fault, file);
  });
}
