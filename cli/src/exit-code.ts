/** How `muster` ends. The one table; `muster help exit-codes` prints it. */
export const exitCode = {
  /** Everything that was asked for is done, and every device succeeded. */
  finished: 0,
  /** It could not be done: bad input file, unreachable service, a refused request. */
  error: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Done, and at least one device did not succeed. */
  failedDevices: 3,
  /** Who is calling is not known: no credentials, a wrong secret, an expired login. */
  authentication: 4,
  /** The job is still running: at the time-out, or when its status was read once. */
  stillRunning: 8,
  /** Stopped by Ctrl-C or a termination signal. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
