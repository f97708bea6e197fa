// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.

export interface BatchJobProgress {
  readonly total: number;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Moves forward only: queued, processing, then finished. `finished_with_errors` on a device: see its errorCode; on a job: the job itself broke. */
export type BatchJobStatus = 'unknown' | 'queued' | 'processing' | 'finished' | 'finished_with_errors';

/** The status of a batch job and of every device in it. */
export interface BatchUploadDetails {
  /** The GUID from the Location header. */
  readonly batchTrackingId: string;
  /** Moves forward only: queued, processing, then finished. `finished_with_errors` on a device: see its errorCode; on a job: the job itself broke. */
  readonly status: BatchJobStatus;
  /** ISO 8601, UTC; absent until the job starts. */
  readonly startedTime?: string | undefined;
  /** ISO 8601, UTC; absent until the job finishes. */
  readonly completedTime?: string | undefined;
  /** One per submitted device, in the order submitted. */
  readonly devicesStatus: readonly DeviceUploadDetails[];
  readonly attributes: {
    readonly objectType: 'BatchUploadDetails';
  };
  readonly progress?: BatchJobProgress | undefined;
}

/** A new device batch and its first devices. */
export interface DeviceBatchCreationRequest {
  /** The name of the batch, unique for the customer without regard to case. */
  readonly batchId: string;
  /** The devices to register: at least one. */
  readonly devices: readonly SubmittedDevice[];
}

/** What became of one submitted device. */
export interface DeviceUploadDetails {
  /** The id of the registered device; absent until it is registered. */
  readonly deviceId?: string | undefined;
  /** As submitted; where only a hash was, the serial number inside it. */
  readonly serialNumber?: string | undefined;
  /** As submitted. */
  readonly productKey?: string | undefined;
  /** Moves forward only: queued, processing, then finished. `finished_with_errors` on a device: see its errorCode; on a job: the job itself broke. */
  readonly status: BatchJobStatus;
  /** A number as text. Absent on success, and where no number is published. */
  readonly errorCode?: string | undefined;
  /** The symbolic name of the error. */
  readonly errorDescription?: string | undefined;
  readonly attributes: {
    readonly objectType: 'DeviceUploadDetails';
  };
}

/** The kind of configuration policy. */
export type PolicyCategory = 'none' | 'o_o_b_e';

/** A configuration policy of a device. */
export interface PolicyReference {
  /** The kind of configuration policy. */
  readonly key?: PolicyCategory | undefined;
  /** The policy id. */
  readonly value?: string | undefined;
}

/** A device to register. */
export interface SubmittedDevice {
  /** The serial number. */
  readonly serialNumber?: string | undefined;
  /** The product key (PKID) or Windows product ID. */
  readonly productKey?: string | undefined;
  /** The 4K hardware hash, base64. A secret: never returned. */
  readonly hardwareHash?: string | undefined;
  /** The model, exactly as the maker writes it. */
  readonly modelName?: string | undefined;
  /** The manufacturer, exactly as the maker writes it. */
  readonly oemManufacturerName?: string | undefined;
  /** Policies to assign at registration. */
  readonly policies?: readonly PolicyReference[] | undefined;
}
