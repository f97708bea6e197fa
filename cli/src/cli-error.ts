import { exitCode, type ExitCode } from './exit-code.ts';
import type { MessageKey, MessageValues } from './messages/message.ts';

/** A failure the user can act on: printed as one line in the user's language, never with a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly key: MessageKey;
  readonly values: MessageValues;
  readonly exitCode: ExitCode;

  constructor(key: MessageKey, values: MessageValues = {}, exit: ExitCode = exitCode.error) {
    super(key);
    this.key = key;
    this.values = values;
    this.exitCode = exit;
  }
}

/** A wrong command line: exit code 2. */
export function usageError(key: MessageKey, values: MessageValues = {}): CliError {
  return new CliError(key, values, exitCode.usage);
}

/** Nobody to act as, or refused: exit code 4. */
export function authenticationError(key: MessageKey, values: MessageValues = {}): CliError {
  return new CliError(key, values, exitCode.authentication);
}
