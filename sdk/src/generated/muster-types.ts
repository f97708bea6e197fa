// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.

/** One thing that a change was about. */
export interface AuditDetail {
  /** Such as batchId, deviceId, policyId, batchTrackingId. */
  readonly key: string;
  readonly value: string;
}

/** Who changed what, or was refused. It never changes, and holds no hash and no secret. */
export interface AuditRecord {
  /** A GUID. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  /** The name of the operation in this document. */
  readonly operation: string;
  /** `refused`: the sender was known, but may not do that. */
  readonly result: AuditResult;
  /** The name of the user, the application or the administrator. */
  readonly actor: string;
  /** The signed-in user. */
  readonly userId?: string | undefined;
  /** The client ID of the application. */
  readonly applicationId?: string | undefined;
  /** The customer that it concerned. */
  readonly customerId?: string | undefined;
  /** The IP address of the sender. */
  readonly address: string;
  /** The MS-RequestId. */
  readonly requestId: string;
  /** The MS-CorrelationId. */
  readonly correlationId: string;
  /** SHA-256 of the request's body, in hexadecimal. */
  readonly bodySha256?: string | undefined;
  /** What was changed. */
  readonly details: readonly AuditDetail[];
}

/** `refused`: the sender was known, but may not do that. */
export type AuditResult = 'succeeded' | 'refused';

/** What a hardware hash says about its device. Members that the hash does not contain are absent. */
export interface DecodedHardwareHash {
  /** The position of the hash in the request, starting at 1. */
  readonly position: number;
  /** Whether a device can be registered with this hash. */
  readonly usable: boolean;
  /** What is wrong with the hash. `checksum`: it was changed after it was created. `unknown_format`: it can be used, but its contents cannot be read. */
  readonly problem?: HardwareHashProblem | undefined;
  /** The position of the first hash in the request that is of the same device. */
  readonly sameDeviceAs?: number | undefined;
  readonly byteLength?: number | undefined;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
  readonly skuNumber?: string | undefined;
  readonly family?: string | undefined;
  readonly productKeyId?: string | undefined;
  readonly smbiosUuid?: string | undefined;
  readonly firmwareVendor?: string | undefined;
  readonly processorManufacturer?: string | undefined;
  readonly processorName?: string | undefined;
  readonly disks?:
    | readonly {
        readonly serialNumber: string;
        readonly model?: string | undefined;
      }[]
    | undefined;
  /** MAC addresses. */
  readonly networkAddresses?: readonly string[] | undefined;
  /** The TPM of the device. */
  readonly tpm?: HardwareHashTpm | undefined;
  /** The version of the tool that created the hash. */
  readonly toolVersion?: string | undefined;
  /** The version of Windows that created the hash. */
  readonly osVersion?: string | undefined;
  /** When the hash was created, ISO 8601. */
  readonly generatedAt?: string | undefined;
  /** Types of records whose meaning is not known. */
  readonly unknownRecordTypes?: readonly number[] | undefined;
}

/** One thing that happened to a device. */
export interface DeviceEvent {
  /** When. ISO 8601, UTC. */
  readonly at: string;
  /** What happened. `upload_refused`: an upload named the device when it was registered already. */
  readonly kind: DeviceEventKind;
  /** The customer that the device belonged to afterwards; of a refused upload, the customer it was for. */
  readonly customerId: string;
  readonly customerName: string;
  /** The user or application that did it. */
  readonly by?: string | undefined;
  /** The job that did it. */
  readonly trackingId?: string | undefined;
  /** The batch of the upload. */
  readonly batchId?: string | undefined;
  /** What became of the device in an upload. */
  readonly outcome?: string | undefined;
  /** The number of this outcome as text. */
  readonly errorCode?: string | undefined;
  /** The policy that the device got. Absent from `policy_changed`: none. */
  readonly policyId?: string | undefined;
  /** Absent where the policy is gone. */
  readonly policyName?: string | undefined;
}

/** What happened. `upload_refused`: an upload named the device when it was registered already. */
export type DeviceEventKind = 'registered' | 'upload_refused' | 'policy_changed' | 'moved' | 'removed';

/** What to find devices by. */
export interface DeviceFindRequest {
  /** The whole serial number, in its letter case. */
  readonly serialNumber?: string | undefined;
  /** What the serial number begins with, in its letter case. */
  readonly serialPrefix?: string | undefined;
  /** The product key. */
  readonly productKey?: string | undefined;
  /** The ID of the device. */
  readonly deviceId?: string | undefined;
  /** A hardware hash in base64. Devices are found by the hash itself and by what it says of the machine, so a new hash of a known machine finds it, too. */
  readonly hardwareHash?: string | undefined;
  /** Whether devices are found that are no longer registered. Not by hardware hash: what a device was known by is erased with it. Default: false. */
  readonly includeRemoved?: boolean | undefined;
  /** The number of items per page. Default: 100. */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the previous page. Send it with the same filters. */
  readonly cursor?: string | undefined;
}

/** The devices to remove. */
export interface DeviceRemovalRequest {
  /** The devices to remove: at least one. An unknown one is an outcome: 807. */
  readonly deviceIds: readonly string[];
}

/** What an event is about: see docs/webhooks.md for the members of each type. */
export interface EventData {
  readonly customerId?: string | undefined;
  /** Of the job. */
  readonly trackingId?: string | undefined;
  /** What the job did. */
  readonly kind?: string | undefined;
  /** How the job ended. */
  readonly state?: string | undefined;
  readonly batchId?: string | undefined;
  readonly devices?:
    | {
        readonly total: number;
        readonly succeeded: number;
        readonly failed: number;
      }
    | undefined;
  /** Of the device that was removed. */
  readonly deviceId?: string | undefined;
  /** Of the webhook endpoint. */
  readonly endpointId?: string | undefined;
  /** Why the endpoint was disabled. */
  readonly reason?: string | undefined;
}

/** What is wrong with the hash. `checksum`: it was changed after it was created. `unknown_format`: it can be used, but its contents cannot be read. */
export type HardwareHashProblem =
  | 'not_base64'
  | 'too_short'
  | 'truncated'
  | 'checksum'
  | 'no_serial_number'
  | 'no_manufacturer'
  | 'unknown_format';

/** The TPM of the device. */
export interface HardwareHashTpm {
  /** SHA-256 of the endorsement key, in hexadecimal. Devices are recognized by it. */
  readonly deviceId?: string | undefined;
  /** Version, manufacturer and firmware, as the TPM describes itself. */
  readonly description?: string | undefined;
  readonly hasEndorsementKey: boolean;
}

/** A batch job and its progress. */
export interface Job {
  /** The GUID from the Location header. */
  readonly trackingId: string;
  readonly customerId: string;
  /** The customer's company name. */
  readonly customerName: string;
  /** What the job does with its devices. */
  readonly kind: JobKind;
  /** A job is `finished` even if devices failed: see `devices.failed`. `finished_with_errors`: the job itself failed, and the remaining devices have the outcome StorageError. */
  readonly state: JobState;
  /** The batch. Absent for a policy update, which can affect several batches. */
  readonly batchId?: string | undefined;
  /** The user or application whose request created the job. */
  readonly createdBy: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC. */
  readonly startedAt?: string | undefined;
  /** ISO 8601, UTC. */
  readonly completedAt?: string | undefined;
  /** The number of devices in the job. */
  readonly devices: {
    readonly total: number;
    readonly succeeded: number;
    readonly failed: number;
    /** Devices without an outcome yet. */
    readonly pending: number;
  };
  /** Outcomes so far, most frequent first. */
  readonly outcomes: readonly OutcomeCount[];
}

/** One device of a job and its outcome. */
export interface JobDevice {
  /** The position of the device in the request, starting at 1. */
  readonly position: number;
  /** As submitted. */
  readonly reference?: string | undefined;
  /** The ID of the registered device. Absent if it was not registered. */
  readonly deviceId?: string | undefined;
  /** As submitted; if only a hardware hash was submitted, the serial number in it. */
  readonly serialNumber?: string | undefined;
  /** As submitted. */
  readonly productKey?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
  /** `succeeded`, or the name of the failure. Absent until there is an outcome. */
  readonly outcome?: string | undefined;
  /** A number as a string. Absent on success, and if no number is published. */
  readonly errorCode?: string | undefined;
  /** Why the device failed, in the language of the request. */
  readonly meaning?: string | undefined;
  /** What to do, in the language of the request. */
  readonly remedy?: string | undefined;
}

/** What the job does with its devices. */
export type JobKind = 'register_devices' | 'update_policies' | 'remove_devices';

/** A job is `finished` even if devices failed: see `devices.failed`. `finished_with_errors`: the job itself failed, and the remaining devices have the outcome StorageError. */
export type JobState = 'queued' | 'processing' | 'finished' | 'finished_with_errors';

/** Something that happened, as webhooks tell it. */
export interface MusterEvent {
  /** A GUID: the header `webhook-id` of its webhooks. */
  readonly eventId: string;
  /** `batch_job.finished`: every device of a job has an outcome. `batch_job.broken`: a job failed and was given up. `device.removed`: a device is no longer registered. `webhook_endpoint.disabled`: another endpoint of the partner no longer gets anything. `ping`: requested, to try an endpoint out. */
  readonly type: WebhookEventType;
  /** When it happened. ISO 8601, UTC. */
  readonly timestamp: string;
  /** What an event is about: see docs/webhooks.md for the members of each type. */
  readonly data: EventData;
}

/** The number of devices of a job that have this outcome. */
export interface OutcomeCount {
  /** `succeeded`, or the name of a failure. */
  readonly outcome: string;
  /** A number as a string. Absent on success, and if no number is published. */
  readonly errorCode?: string | undefined;
  readonly count: number;
}

/** A registered device, with its customer, its batch and its policy. */
export interface RegisteredDevice {
  readonly deviceId: string;
  readonly customerId: string;
  /** The customer's company name. */
  readonly customerName: string;
  readonly batchId: string;
  /** As submitted; where only a hash was, the serial number inside it. */
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
  /** The configuration policy; absent: none. */
  readonly policyId?: string | undefined;
  readonly policyName?: string | undefined;
  /** When its upload was accepted. ISO 8601, UTC. */
  readonly registeredAt: string;
  /** When its registration was removed. Absent: it is registered. */
  readonly removedAt?: string | undefined;
}

/** An event that is going to be sent. */
export interface SentEvent {
  /** The header `webhook-id` of its webhook. */
  readonly eventId: string;
}

/** `v1`: HMAC-SHA256 with a shared secret, which all receiving libraries support. `v1a`: ed25519; the receiver needs the public key only. */
export type SignatureVersion = 'v1' | 'v1a';

/** The delivery of an event to a webhook endpoint. */
export interface WebhookDelivery {
  /** The header `webhook-id`. */
  readonly eventId: string;
  /** `batch_job.finished`: every device of a job has an outcome. `batch_job.broken`: a job failed and was given up. `device.removed`: a device is no longer registered. `webhook_endpoint.disabled`: another endpoint of the partner no longer gets anything. `ping`: requested, to try an endpoint out. */
  readonly eventType: WebhookEventType;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  /** `pending`: attempted again later. `failed`: given up. */
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly nextAttemptAt?: string | undefined;
  /** ISO 8601, UTC. */
  readonly lastAttemptAt?: string | undefined;
  /** How long the last attempt took. */
  readonly lastAttemptMs?: number | undefined;
  /** The HTTP status of the last response. Only 2xx counts as delivered. */
  readonly responseStatus?: number | undefined;
  /** Why there was no response: `timeout`, `name_not_found`, `address_not_allowed`, `tls_failed`, `connection_failed`, or `endpoint_disabled`. */
  readonly problem?: string | undefined;
}

/** A URL of the partner that is told of events. */
export interface WebhookEndpoint {
  /** A GUID. */
  readonly endpointId: string;
  readonly url: string;
  readonly description?: string | undefined;
  /** Empty: all. */
  readonly eventTypes: readonly WebhookEventType[];
  /** Empty: all. */
  readonly customerIds: readonly string[];
  readonly isEnabled: boolean;
  /** `gone`: the endpoint responded with 410. `failing`: no webhook could be delivered for five days. */
  readonly disabledReason?: 'requested' | 'gone' | 'failing' | undefined;
  /** ISO 8601, UTC. */
  readonly disabledAt?: string | undefined;
  /** The first failure since the last delivery. ISO 8601, UTC. */
  readonly failingSince?: string | undefined;
  /** `v1`: HMAC-SHA256 with a shared secret, which all receiving libraries support. `v1a`: ed25519; the receiver needs the public key only. */
  readonly signatureVersion: SignatureVersion;
  /** For `v1a`: `whpk_` and the public key in Base64. */
  readonly publicKey?: string | undefined;
  /** Until then, webhooks are also signed with the former key. ISO 8601, UTC. */
  readonly formerKeyExpiresAt?: string | undefined;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A webhook endpoint to create. Signatures are `v1` by default. */
export interface WebhookEndpointCreationRequest {
  /** Where webhooks are sent: an https or http URL. Its host must not be a loopback, private, or other special address, unless the operator allows it (MUSTER_WEBHOOK_NETWORKS). */
  readonly url: string;
  /** For people. */
  readonly description?: string | undefined;
  /** The events to send. An empty list stands for all. */
  readonly eventTypes?: readonly WebhookEventType[] | undefined;
  /** The customers whose events are sent. An empty list stands for all. */
  readonly customerIds?: readonly string[] | undefined;
  /** `v1`: HMAC-SHA256 with a shared secret, which all receiving libraries support. `v1a`: ed25519; the receiver needs the public key only. */
  readonly signatureVersion?: SignatureVersion | undefined;
}

/** Changes to a webhook endpoint. What is absent stays as it is. */
export interface WebhookEndpointUpdateRequest {
  /** Where webhooks are sent: an https or http URL. Its host must not be a loopback, private, or other special address, unless the operator allows it (MUSTER_WEBHOOK_NETWORKS). */
  readonly url?: string | undefined;
  /** For people. */
  readonly description?: string | undefined;
  /** The events to send. An empty list stands for all. */
  readonly eventTypes?: readonly WebhookEventType[] | undefined;
  /** The customers whose events are sent. An empty list stands for all. */
  readonly customerIds?: readonly string[] | undefined;
  /** false: nothing is sent, and what has not been delivered yet is given up. true: events from now on are sent. */
  readonly isEnabled?: boolean | undefined;
}

/** A webhook endpoint with the key that was just made. */
export interface WebhookEndpointWithSecret {
  /** A GUID. */
  readonly endpointId: string;
  readonly url: string;
  readonly description?: string | undefined;
  /** Empty: all. */
  readonly eventTypes: readonly WebhookEventType[];
  /** Empty: all. */
  readonly customerIds: readonly string[];
  readonly isEnabled: boolean;
  /** `gone`: the endpoint responded with 410. `failing`: no webhook could be delivered for five days. */
  readonly disabledReason?: 'requested' | 'gone' | 'failing' | undefined;
  /** ISO 8601, UTC. */
  readonly disabledAt?: string | undefined;
  /** The first failure since the last delivery. ISO 8601, UTC. */
  readonly failingSince?: string | undefined;
  /** `v1`: HMAC-SHA256 with a shared secret, which all receiving libraries support. `v1a`: ed25519; the receiver needs the public key only. */
  readonly signatureVersion: SignatureVersion;
  /** For `v1a`: `whpk_` and the public key in Base64. */
  readonly publicKey?: string | undefined;
  /** Until then, webhooks are also signed with the former key. ISO 8601, UTC. */
  readonly formerKeyExpiresAt?: string | undefined;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** For `v1`: `whsec_` and the shared secret in Base64. It is shown only in this response. */
  readonly secret?: string | undefined;
}

/** `batch_job.finished`: every device of a job has an outcome. `batch_job.broken`: a job failed and was given up. `device.removed`: a device is no longer registered. `webhook_endpoint.disabled`: another endpoint of the partner no longer gets anything. `ping`: requested, to try an endpoint out. */
export type WebhookEventType =
  | 'batch_job.finished'
  | 'batch_job.broken'
  | 'device.removed'
  | 'webhook_endpoint.disabled'
  | 'ping';
