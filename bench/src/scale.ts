/** How much a run measures. */
export interface Scale {
  /** Runs of each side, interleaved; the median counts. */
  readonly rounds: number;
  readonly readMs: number;
  readonly readWarmUpMs: number;
  readonly readConnections: number;
  readonly devicesPerCall: number;
  /** Calls of one run of P2, and how many are sent at once. */
  readonly uploadCalls: number;
  readonly uploadConnections: number;
  /** Calls of P3 and P6: all devices from the first POST to the last job. */
  readonly bulkCalls: number;
  readonly latencySamples: number;
  /** What P5 fills the database with before it measures again. */
  readonly loadedDevices: number;
  readonly loadedJobs: number;
  /** Calls of each of P5's runs. */
  readonly loadedCalls: number;
  readonly startRounds: number;
  /** Jobs that P8 lets the workers run, and with how many worker processes. */
  readonly workerJobs: number;
  readonly workers: readonly number[];
  /** Devices of P9's batch; a page has 100. */
  readonly listedDevices: number;
  /** Whether Prism and Mockoon are installed (for the run only) and measured in P1. */
  readonly hasRivals: boolean;
}

/** The figures that count. About half an hour, 30 GB of free disk. */
export const fullScale: Scale = {
  rounds: 5,
  readMs: 5000,
  readWarmUpMs: 2000,
  readConnections: 32,
  devicesPerCall: 1000,
  uploadCalls: 60,
  uploadConnections: 4,
  bulkCalls: 100,
  // The first thousand warm both sides up: compiled code counts, as in a service that has run for a while.
  latencySamples: 1000,
  loadedDevices: 10_000_000,
  loadedJobs: 100_000,
  loadedCalls: 30,
  startRounds: 7,
  workerJobs: 100,
  workers: [1, 2, 4],
  listedDevices: 1_000_000,
  hasRivals: true,
};

/** Proves that every measure works, in seconds. Its figures mean nothing. */
export const smokeScale: Scale = {
  rounds: 1,
  readMs: 250,
  readWarmUpMs: 100,
  readConnections: 4,
  devicesPerCall: 50,
  uploadCalls: 4,
  uploadConnections: 2,
  bulkCalls: 6,
  latencySamples: 5,
  loadedDevices: 10_000,
  loadedJobs: 100,
  loadedCalls: 3,
  startRounds: 1,
  workerJobs: 6,
  workers: [1, 2],
  listedDevices: 2000,
  hasRivals: false,
};
