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

/** The first-start settings that devices get. */
export interface ConfigurationPolicy {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** The kind of configuration policy. */
  readonly category: PolicyCategory;
  readonly description?: string | undefined;
  /** How many devices have the policy now. */
  readonly devicesAssignedCount: number;
  /** The same number under the name of Microsoft's examples; its SDKs read the other one. */
  readonly devicesAssigned?: number | undefined;
  /** What the first start does; any number of these. */
  readonly policySettings: PolicySettings;
  /** ISO 8601, UTC. */
  readonly createdDate: string;
  /** ISO 8601, UTC. */
  readonly lastModifiedDate: string;
  readonly attributes: {
    /** Send it as If-Match to change only what you have seen. */
    readonly etag: string;
    readonly objectType: 'ConfigurationPolicy';
  };
}

/** A new configuration policy. */
export interface ConfigurationPolicyCreationRequest {
  /** How people call the policy. Need not be unique; the space around it is dropped. */
  readonly name: string;
  /** The kind of configuration policy. */
  readonly category?: PolicyCategory | undefined;
  /** What the policy is for. An empty text takes it away. */
  readonly description?: string | undefined;
  /** What the first start does; any number of these. */
  readonly policySettings?: PolicySettings | undefined;
}

/** What to change of a configuration policy. */
export interface ConfigurationPolicyUpdateRequest {
  /** How people call the policy. Need not be unique; the space around it is dropped. */
  readonly name?: string | undefined;
  /** The kind of configuration policy. */
  readonly category?: PolicyCategory | undefined;
  /** What the policy is for. An empty text takes it away. */
  readonly description?: string | undefined;
  /** What the first start does; any number of these. */
  readonly policySettings?: PolicySettings | undefined;
}

/** An organisation whose devices the partner registers. */
export interface Customer {
  /** A GUID: the id of the customer tenant. */
  readonly id: string;
  readonly companyProfile: {
    /** The same as the id. */
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
  /** The GUID that the device got at registration. */
  readonly id: string;
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly modelName?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  /** The policy of the device; empty: none. */
  readonly policies: readonly {
    readonly key: 'o_o_b_e';
    /** The policy id. */
    readonly value: string;
  }[];
  /** ISO 8601, UTC: when the upload was accepted. */
  readonly uploadedDate: string;
  readonly attributes: {
    readonly objectType: 'Device';
  };
}

/** A named group of devices. Its status: processing while a job adds devices, else finished. */
export interface DeviceBatch {
  /** As it was given when the batch was created. */
  readonly id: string;
  /** The user, or the application that acted as itself. */
  readonly createdBy: string;
  /** ISO 8601, UTC. */
  readonly creationDate: string;
  /** Moves forward only: queued, processing, then finished. `finished_with_errors` on a device: see its errorCode; on a job: the job itself broke. */
  readonly status?: BatchJobStatus | undefined;
  /** Registered devices in the batch now. */
  readonly devicesCount: number;
  /** The same number under the name of Microsoft's table. */
  readonly deviceCount?: number | undefined;
  /** A request to make. */
  readonly devicesLink: Link;
  readonly attributes: {
    readonly objectType: 'DeviceBatch';
  };
}

/** A new device batch and its first devices. */
export interface DeviceBatchCreationRequest {
  /** The name of the batch, unique for the customer without regard to case. Not blank, and not "." or "..". */
  readonly batchId: string;
  /** The devices to register: at least one. */
  readonly devices: readonly SubmittedDevice[];
}

/** Which policies which devices shall have. */
export interface DevicePolicyUpdateRequest {
  /** The devices to change, in this order: at least one. */
  readonly devices: readonly {
    /** The device id. An unknown one is an outcome: 807. */
    readonly id: string;
    /** The policy to have. Without a value, or an empty list: none. Absent: no change. */
    readonly policies?: readonly PolicyReference[] | undefined;
  }[];
}

/** What to change of a device. */
export interface DeviceUpdateRequest {
  /** Used only where the path says {2} instead of an id (Java SDK). */
  readonly id?: string | undefined;
  /** The policy to have. Without a value, or an empty list: none. Absent: no change. */
  readonly policies?: readonly PolicyReference[] | undefined;
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
  readonly errorCode?: DeviceErrorCode | (string & {}) | undefined;
  /** The symbolic name of the error. */
  readonly errorDescription?: DeviceErrorName | (string & {}) | undefined;
  readonly attributes: {
    readonly objectType: 'DeviceUploadDetails';
  };
}

/** A request to make. */
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

/** The partner that calls. */
export interface OrganizationProfile {
  /** A GUID: the id of the partner tenant. */
  readonly id: string;
  readonly companyName: string;
  readonly defaultAddress: {
    /** Empty: not known. */
    readonly country: string;
  };
  /** The same as the id. */
  readonly tenantId: string;
  readonly domain: string;
  readonly language: string;
  /** What answers are written in when no X-Locale is sent. */
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
  /** The policy id; null: no policy. */
  readonly value?: string | null | undefined;
}

/** What the first start does; any number of these. */
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
  /** The 4K hardware hash, base64. A secret: never returned. */
  readonly hardwareHash?: string | undefined;
  /** The model, exactly as the maker writes it. */
  readonly modelName?: string | undefined;
  /** The manufacturer, exactly as the maker writes it. */
  readonly oemManufacturerName?: string | undefined;
  /** Policies to assign at registration; a value may be the name of one policy, too. */
  readonly policies?: readonly PolicyReference[] | undefined;
}
