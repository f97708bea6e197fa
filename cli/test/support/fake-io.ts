import type { Environment } from '../../src/environment.ts';
import type { Io, Output } from '../../src/io.ts';

export interface FakeIoOptions {
  /** Whether all three streams are a terminal. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly stdin?: string | Uint8Array;
  readonly environment?: Partial<Environment>;
  readonly workingDirectory?: string;
  readonly interruption?: AbortSignal;
  /** Answers to questions, in order; none left: the end of the input. */
  readonly answers?: readonly string[];
  readonly now?: () => number;
}

/** An `Io` that keeps what is written and asked. */
export interface FakeIo extends Io {
  readonly written: { stdout: string; stderr: string };
  readonly questions: string[];
}

export function createFakeIo(options: FakeIoOptions = {}): FakeIo {
  const { isTTY = false, columns = 100, stdin = '', answers = [] } = options;
  const written = { stdout: '', stderr: '' };
  const questions: string[] = [];
  const left = [...answers];
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTTY,
    columns,
    write: (text) => {
      written[name] += text;
      return Promise.resolve();
    },
  });
  return {
    stdin: { isTTY, bytes: toBytes(stdin) },
    stdout: output('stdout'),
    stderr: output('stderr'),
    environment: { ...emptyEnvironment, ...options.environment },
    workingDirectory: options.workingDirectory ?? '/nowhere',
    interruption: options.interruption ?? new AbortController().signal,
    fetch: globalThis.fetch,
    now: options.now ?? (() => performance.now()),
    ask: ({ text }) => {
      questions.push(text);
      return Promise.resolve(left.shift() ?? '');
    },
    written,
    questions,
  };
}

const emptyEnvironment: Environment = {
  url: undefined,
  authority: undefined,
  tenantId: undefined,
  clientId: undefined,
  clientSecret: undefined,
  credentialsFile: undefined,
  customerId: undefined,
  locale: undefined,
  isColorRefused: true,
  isColorForced: false,
  configDirectory: '/nowhere/config',
  stateDirectory: '/nowhere/state',
};

async function* toBytes(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
