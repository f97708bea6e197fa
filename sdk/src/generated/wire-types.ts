// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.

/** The known reasons why a device fails. */
export type DeviceErrorName =
  | 'InvalidZtdHardwareHash'
  | 'MissingZtdSerialNumberAndProductKey'
  | 'StorageError'
  | 'ZtdDeviceAlreadyAssigned'
  | 'ZtdDeviceAssignedToOtherTenant'
  | 'ZtdDeviceDuplicated'
  | 'ZtdDeviceIsNotRegistered'
  | 'ZtdDeviceIsNotUnique'
  | 'ZtdProfileAssignedToOtherTenant'
  | 'ZtdProfileIsNotRegistered';

/** The published numbers of these reasons, as text. */
export type DeviceErrorCode = '640' | '802' | '803' | '806' | '807' | '808' | '809' | '810' | '813';

/** The codes with which Muster refuses a call. */
export type FaultCode =
  | '1000'
  | '20002'
  | '2055'
  | '401'
  | '409'
  | '500'
  | '503'
  | '800001'
  | '800002'
  | '900118'
  | '900150'
  | '900329'
  | '900420'
  | '900421';

export interface BatchJobProgress {
  readonly total: number;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Only moves forward: queued, processing, finished. `finished_with_errors` for a device: see its errorCode; for a job: the job itself failed. */
export type BatchJobStatus = 'unknown' | 'queued' | 'processing' | 'finished' | 'finished_with_errors';

/** The status of a batch job and of every device in it. */
export interface BatchUploadDetails {
  /** The GUID from the Location header. */
  readonly batchTrackingId: string;
  /** Only moves forward: queued, processing, finished. `finished_with_errors` for a device: see its errorCode; for a job: the job itself failed. */
  readonly status: BatchJobStatus;
  /** ISO 8601, UTC; absent until the job starts. */
  readonly startedTime?: string | undefined;
  /** ISO 8601, UTC; absent until the job finishes. */
  readonly completedTime?: string | undefined;
  /** One entry per submitted device, in the order of submission. */
  readonly devicesStatus: readonly DeviceUploadDetails[];
  readonly attributes: {
    readonly objectType: 'BatchUploadDetails';
  };
  readonly progress?: BatchJobProgress | undefined;
}

/** The settings that devices use at their first start. */
export interface ConfigurationPolicy {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** The kind of configuration policy. */
  readonly category: PolicyCategory;
  readonly description?: string | undefined;
  /** The number of devices that have the policy. */
  readonly devicesAssignedCount: number;
  /** The same number under the name in Microsoft's examples. Its SDKs read the other one. */
  readonly devicesAssigned?: number | undefined;
  /** The settings for the first start: any number of these. */
  readonly policySettings: PolicySettings;
  /** ISO 8601, UTC. */
  readonly createdDate: string;
  /** ISO 8601, UTC. */
  readonly lastModifiedDate: string;
  readonly attributes: {
    /** Send it as If-Match to change the policy only if nobody else has. */
    readonly etag: string;
    readonly objectType: 'ConfigurationPolicy';
  };
}

/** A new configuration policy. */
export interface ConfigurationPolicyCreationRequest {
  /** The name of the policy. Need not be unique. Leading and trailing spaces are removed. */
  readonly name: string;
  /** The kind of configuration policy. */
  readonly category?: PolicyCategory | undefined;
  /** The purpose of the policy. An empty string removes it. */
  readonly description?: string | undefined;
  /** The settings for the first start: any number of these. */
  readonly policySettings?: PolicySettings | undefined;
}

/** Changes to a configuration policy. */
export interface ConfigurationPolicyUpdateRequest {
  /** The name of the policy. Need not be unique. Leading and trailing spaces are removed. */
  readonly name?: string | undefined;
  /** The kind of configuration policy. */
  readonly category?: PolicyCategory | undefined;
  /** The purpose of the policy. An empty string removes it. */
  readonly description?: string | undefined;
  /** The settings for the first start: any number of these. */
  readonly policySettings?: PolicySettings | undefined;
}

/** An organization whose devices the partner registers. */
export interface Customer {
  /** A GUID: the customer's tenant ID. */
  readonly id: string;
  readonly companyProfile: {
    /** The same as `id`. */
    readonly tenantId: string;
    readonly domain: string;
    readonly companyName: string;
    readonly attributes: {
      readonly objectType: 'CustomerCompanyProfile';
    };
  };
  readonly relationshipToPartner: 'reseller';
  readonly attributes: {
    readonly objectType: 'Customer';
  };
}

/** A registered device. */
export interface Device {
  /** A GUID, assigned at registration. */
  readonly id: string;
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly modelName?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  /** The policy of the device. Empty: no policy. */
  readonly policies: readonly {
    readonly key: 'o_o_b_e';
    /** The policy ID. */
    readonly value: string;
  }[];
  /** ISO 8601, UTC: when the upload was accepted. */
  readonly uploadedDate: string;
  readonly attributes: {
    readonly objectType: 'Device';
  };
}

/** A named group of devices. Its status is processing while a job adds devices, otherwise finished. */
export interface DeviceBatch {
  /** The ID that was chosen when the batch was created. */
  readonly id: string;
  /** The user, or the application if no user was signed in. */
  readonly createdBy: string;
  /** ISO 8601, UTC. */
  readonly creationDate: string;
  /** Only moves forward: queued, processing, finished. `finished_with_errors` for a device: see its errorCode; for a job: the job itself failed. */
  readonly status?: BatchJobStatus | undefined;
  /** The number of registered devices in the batch. */
  readonly devicesCount: number;
  /** The same number under the name in Microsoft's table. */
  readonly deviceCount?: number | undefined;
  /** A request that a client can make. */
  readonly devicesLink: Link;
  readonly attributes: {
    readonly objectType: 'DeviceBatch';
  };
}

/** A new device batch and its first devices. */
export interface DeviceBatchCreationRequest {
  /** The name of the batch. Unique per customer and case-insensitive. Must not be blank, "." or "..". */
  readonly batchId: string;
  /** The devices to register, at least one. */
  readonly devices: readonly SubmittedDevice[];
}

/** New policies for devices. */
export interface DevicePolicyUpdateRequest {
  /** The devices to change, in this order. At least one. */
  readonly devices: readonly {
    /** The device ID. An unknown ID results in the outcome 807. */
    readonly id: string;
    /** The new policy. A reference without a value, or an empty list: no policy. Absent: no change. */
    readonly policies?: readonly PolicyReference[] | undefined;
  }[];
}

/** Changes to a device. */
export interface DeviceUpdateRequest {
  /** Used only if the path contains {2} instead of an ID (Java SDK). */
  readonly id?: string | undefined;
  /** The new policy. A reference without a value, or an empty list: no policy. Absent: no change. */
  readonly policies?: readonly PolicyReference[] | undefined;
}

/** The result for one submitted device. */
export interface DeviceUploadDetails {
  /** The ID of the registered device. Absent until it is registered. */
  readonly deviceId?: string | undefined;
  /** As submitted; if only a hardware hash was submitted, the serial number in it. */
  readonly serialNumber?: string | undefined;
  /** As submitted. */
  readonly productKey?: string | undefined;
  /** Only moves forward: queued, processing, finished. `finished_with_errors` for a device: see its errorCode; for a job: the job itself failed. */
  readonly status: BatchJobStatus;
  /** A number as a string. Absent on success, and if no number is published. */
  readonly errorCode?: DeviceErrorCode | (string & {}) | undefined;
  /** The symbolic name of the error. */
  readonly errorDescription?: DeviceErrorName | (string & {}) | undefined;
  readonly attributes: {
    readonly objectType: 'DeviceUploadDetails';
  };
}

export interface DryRunCounts {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** By the name of the outcome, `succeeded` among them. Outcomes of no device are absent. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** What would become of one device. */
export interface DryRunDevice {
  /** The device that the call names. Absent for a device to register. */
  readonly deviceId?: string | undefined;
  /** As submitted; if only a hardware hash was submitted, the serial number in it. */
  readonly serialNumber?: string | undefined;
  /** As submitted. */
  readonly productKey?: string | undefined;
  /** `succeeded`, or the symbolic name of the error. */
  readonly outcome: string;
  /** A number as a string. Absent on success, and if no number is published. */
  readonly errorCode?: string | undefined;
  /** Why the device would fail, in the language of the request. */
  readonly meaning?: string | undefined;
  /** What to do, in the language of the request. */
  readonly remedy?: string | undefined;
}

/** What a call would do. */
export interface DryRunResult {
  /** One per device of the call, in the same order. */
  readonly devices: readonly DryRunDevice[];
  readonly counts: DryRunCounts;
  readonly attributes: {
    readonly objectType: 'DryRunResult';
  };
}

/** A request that a client can make. */
export interface Link {
  /** Relative to /v1, percent-encoded. */
  readonly uri: string;
  readonly method: string;
  readonly headers: readonly LinkHeader[];
}

export interface LinkHeader {
  readonly key: string;
  readonly value: string;
}

/** The calling partner. */
export interface OrganizationProfile {
  /** A GUID: the partner's tenant ID. */
  readonly id: string;
  readonly companyName: string;
  readonly defaultAddress: {
    /** Empty: unknown. */
    readonly country: string;
  };
  /** The same as the id. */
  readonly tenantId: string;
  readonly domain: string;
  readonly language: string;
  /** The language of responses if no X-Locale header is sent. */
  readonly culture: string;
  readonly profileType: 'organization_profile';
  readonly attributes: {
    readonly objectType: 'OrganizationProfile';
  };
}

/** The kind of configuration policy. */
export type PolicyCategory = 'none' | 'o_o_b_e';

/** A configuration policy of a device. */
export interface PolicyReference {
  /** The kind of configuration policy. */
  readonly key?: PolicyCategory | undefined;
  /** The policy ID. Null: no policy. */
  readonly value?: string | null | undefined;
}

/** The settings for the first start: any number of these. */
export const policySettings = [
  'remove_oem_preinstalls',
  'oobe_user_not_local_admin',
  'skip_express_settings',
  'skip_oem_registration',
  'skip_eula',
] as const;
export type PolicySetting = (typeof policySettings)[number];
export type PolicySettings = readonly PolicySetting[];

/** A device to register. */
export interface SubmittedDevice {
  /** The serial number. */
  readonly serialNumber?: string | undefined;
  /** The product key (PKID) or Windows product ID. */
  readonly productKey?: string | undefined;
  /** The 4K hardware hash in base64. Never returned. */
  readonly hardwareHash?: string | undefined;
  /** The model, exactly as the manufacturer writes it. */
  readonly modelName?: string | undefined;
  /** The manufacturer, exactly as it writes its name. */
  readonly oemManufacturerName?: string | undefined;
  /** Policies to assign at registration. A value can also be the name of a policy. */
  readonly policies?: readonly PolicyReference[] | undefined;
  /** Muster only: the caller's own name for this device, such as a row of a file. `/muster/v1/jobs/{trackingId}/devices` returns it. */
  readonly reference?: string | undefined;
}
