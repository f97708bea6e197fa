// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.

/** A batch job and how far it is. */
export interface Job {
  /** The GUID from the Location header. */
  readonly trackingId: string;
  readonly customerId: string;
  /** The customer's company name. */
  readonly customerName: string;
  /** What the job does with its devices. */
  readonly kind: JobKind;
  /** A job in which devices failed is `finished`, too: see `devices.failed`. `finished_with_errors`: the job itself broke, and the devices that it had not reached have the outcome StorageError. */
  readonly state: JobState;
  /** The batch; absent for a policy update, which may span several. */
  readonly batchId?: string | undefined;
  /** The user or application whose call made the job. */
  readonly createdBy: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC. */
  readonly startedAt?: string | undefined;
  /** ISO 8601, UTC. */
  readonly completedAt?: string | undefined;
  /** How many devices the job has. */
  readonly devices: {
    readonly total: number;
    readonly succeeded: number;
    readonly failed: number;
    /** Devices without an outcome yet. */
    readonly pending: number;
  };
  /** Outcomes so far, the most frequent first. */
  readonly outcomes: readonly OutcomeCount[];
}

/** One device of a job and its outcome. */
export interface JobDevice {
  /** Where the device stands in the call, from 1. */
  readonly position: number;
  /** The id of the registered device; absent where none was registered. */
  readonly deviceId?: string | undefined;
  /** As submitted; where only a hash was, the serial number inside it. */
  readonly serialNumber?: string | undefined;
  /** As submitted. */
  readonly productKey?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
  /** `succeeded`, or the name of the failure; absent until there is one. */
  readonly outcome?: string | undefined;
  /** A number as text. Absent on success, and where no number is published. */
  readonly errorCode?: string | undefined;
  /** Why the device failed, in the language of the request. */
  readonly meaning?: string | undefined;
  /** What to do, in the language of the request. */
  readonly remedy?: string | undefined;
}

/** What the job does with its devices. */
export type JobKind = 'register_devices' | 'update_policies';

/** A job in which devices failed is `finished`, too: see `devices.failed`. `finished_with_errors`: the job itself broke, and the devices that it had not reached have the outcome StorageError. */
export type JobState = 'queued' | 'processing' | 'finished' | 'finished_with_errors';

/** How many devices of a job have one outcome. */
export interface OutcomeCount {
  /** `succeeded`, or the name of a failure. */
  readonly outcome: string;
  /** A number as text. Absent on success, and where no number is published. */
  readonly errorCode?: string | undefined;
  readonly count: number;
}
