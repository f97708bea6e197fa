import type { Environment } from './environment.ts';

/** Where text is written: data to `stdout`, messages to `stderr`. */
export interface Output {
  readonly isTTY: boolean;
  /** Width in characters; 80 where there is no terminal. */
  readonly columns: number;
  /** Whether the reader has ended, as `| head` does, so that nothing more arrives. */
  readonly isClosed?: boolean;
  /** Resolves when more may be written, so that a slow reader slows the writer down. */
  write(text: string): Promise<void>;
}

/** Where bytes come from. */
export interface Input {
  readonly isTTY: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface Question {
  readonly text: string;
  /** A secret: not shown while it is typed. */
  readonly isHidden?: boolean;
}

/** Everything outside of a command that it uses, so that tests can replace the terminal, pipes, and the clock. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Environment;
  readonly workingDirectory: string;
  /** Aborted by Ctrl-C or a termination signal. */
  readonly interruption: AbortSignal;
  readonly fetch: typeof fetch;
  /** Milliseconds; for rates and times left. */
  now(): number;
  /** Asks on the terminal. Only called when `stdin` and `stderr` are terminals. */
  ask(question: Question): Promise<string>;
}
