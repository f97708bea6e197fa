export type {
  BatchJobProgress,
  BatchJobStatus,
  BatchUploadDetails,
  DeviceUploadDetails,
} from '@muster/contract/batch-upload-details';
export type { PolicyReference, SubmittedDevice } from '@muster/contract/device';
export type { DeviceBatchCreationRequest } from '@muster/contract/device-batch';
