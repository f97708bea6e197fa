export {
  connectAdministration,
  type Administration,
  type AdministrationOptions,
} from './administration/administration.ts';
export type * from './administration/admin-resources.ts';
export type { CallHooks, RequestEvent, ResponseEvent, RetryEvent } from './call-hooks.ts';
export { clouds, type Cloud, type CloudName } from './clouds.ts';
export { clientSecretCredential, type ClientSecretOptions } from './credentials/client-secret-credential.ts';
export {
  deviceCodeCredential,
  type DeviceCodeOptions,
  type DeviceCodePrompt,
} from './credentials/device-code-credential.ts';
export { Credential } from './credentials/environment-credential.ts';
export { refreshTokenCredential, type RefreshTokenOptions } from './credentials/refresh-token-credential.ts';
export type { AuthorityOptions } from './credentials/token-request.ts';
export type { AccessToken, TokenCredential } from './credentials/token-source.ts';
export * from './device-failures.ts';
export {
  AuthenticationError,
  AuthorityUnavailableError,
  BadRequestError,
  CertificateError,
  ConflictError,
  ConnectionError,
  ForbiddenError,
  NotFoundError,
  PartnerCenterError,
  ResponseError,
  ServerError,
  TimeoutError,
  TooManyRequestsError,
  UnauthorizedError,
  UnreadableAuthorityError,
  UnreadableResponseError,
  type ConnectionFault,
  type ResponseFault,
} from './errors.ts';
export { fetchOnce, type Answer, type FetchOptions } from './fetch-once.ts';
export type { Audit, AuditListOptions } from './muster/audit.ts';
export type { CursorListOptions } from './muster/cursor-list.ts';
export type { HardwareHashes } from './muster/hardware-hashes.ts';
export type { EventListOptions, EventStreamOptions, Events } from './muster/events.ts';
export type { JobDeviceListOptions, JobListOptions, Jobs } from './muster/jobs.ts';
export type {
  CustomerDeviceListOptions,
  DeviceSearch,
  RegisteredDevices,
} from './muster/registered-devices.ts';
export type {
  WebhookDeliveryListOptions,
  WebhookEndpointOperations,
  WebhookRotationOptions,
  Webhooks,
} from './muster/webhooks.ts';
export type { Removal, Removals } from './muster/removals.ts';
export type { Page, Pages } from './pages.ts';
export { connectPartner, type ConnectionOptions, type Partner, type PartnerOptions } from './partner.ts';
export { WaitTimeoutError, type WaitOptions } from './polling.ts';
export type {
  BatchUploadStatusCollection,
  BatchUploadStatusOperations,
} from './resources/batch-upload-status.ts';
export type {
  ChangeOptions,
  ConfigurationPolicies,
  ConfigurationPolicyOperations,
} from './resources/configuration-policies.ts';
export type { CustomerListOptions, CustomerOperations, Customers } from './resources/customers.ts';
export type { DeviceBatches, DeviceBatchOperations } from './resources/device-batches.ts';
export type { DevicePolicy } from './resources/device-policy.ts';
export type { DeviceOperations, Devices } from './resources/devices.ts';
export { DryRunUnavailableError } from './resources/dry-run.ts';
export type { AcceptedJob } from './resources/endpoint.ts';
export type { OrganizationProfileOperations, Profiles } from './resources/profiles.ts';
export { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
export type { Runtime } from './runtime.ts';
export type { Call, CallOptions, CallResult } from './transport.ts';
export type { DeviceUpload, UploadOptions } from './upload/device-upload.ts';
export type { AcceptedPart } from './upload/part-ledger.ts';
export { UploadPartError, type ResentPart } from './upload/part-sender.ts';
export type { DeviceSource } from './upload/split-devices.ts';
export {
  memoryJournal,
  UploadJournalError,
  type JournalFault,
  type UploadJournal,
} from './upload/upload-journal.ts';
export type { DeviceOutcome, UploadProgress, UploadTotals } from './upload/upload-progress.ts';
export type {
  AdminCustomer,
  Administrator,
  AdministratorOnce,
  AdminPartner,
  Application,
  ApplicationChanges,
  ApplicationSecret,
  ApplicationSecretOnce,
  CreatedApplication,
  CustomerChanges,
  NewAdministrator,
  NewApplication,
  NewApplicationSecret,
  NewCustomer,
  NewPartner,
  NewUser,
  PartnerChanges,
  SigningKey,
  User,
  UserChanges,
  UserWithPassword,
} from './generated/admin-types.ts';
export * from './generated/muster-types.ts';
export * from './generated/wire-types.ts';
export type { DryRunOptions, DryRunOutcome, UploadDryRun } from './upload/upload-dry-run.ts';
