import type { Command, Options } from './command.ts';
import { connectionOptions } from './connection/connection-options.ts';
import { generalOptions } from './general-options.ts';

/** All options of a command: its own, those of the connection, and the general ones. */
export function optionsOf(command: Command): Options {
  return { ...command.options, ...(command.isConnected ? connectionOptions : {}), ...generalOptions };
}
