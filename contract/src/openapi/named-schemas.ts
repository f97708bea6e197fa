import { Type, type TSchema } from 'typebox';
import {
  BatchJobProgress,
  BatchJobStatus,
  BatchUploadDetails,
  DeviceUploadDetails,
} from '../partner-center/batch-upload-details.ts';
import {
  ConfigurationPolicy,
  ConfigurationPolicyCollection,
  ConfigurationPolicyCreationRequest,
  ConfigurationPolicyUpdateRequest,
  PolicySettings,
} from '../partner-center/configuration-policy.ts';
import { Customer, CustomerCollection } from '../partner-center/customer.ts';
import {
  DeviceBatch,
  DeviceBatchCollection,
  DeviceBatchCreationRequest,
} from '../partner-center/device-batch.ts';
import {
  Device,
  DeviceCollection,
  DeviceList,
  DevicePolicyUpdateRequest,
  DeviceUpdateRequest,
  PolicyCategory,
  PolicyReference,
  SubmittedDevice,
} from '../partner-center/device.ts';
import { Fault, RateLimitExceeded } from '../partner-center/fault.ts';
import { OrganizationProfile } from '../partner-center/organization-profile.ts';
import { Link, LinkHeader, Links } from '../partner-center/resource-collection.ts';
import {
  DeviceCodeAnswer,
  DeviceCodeAnswerV1,
  DeviceCodeRequest,
  ExchangedToken,
  TokenAnswer,
  TokenAnswerV1,
  TokenErrorBody,
  TokenExchangeRequest,
  TokenRequest,
  TokenRequestV1,
} from './token-schemas.ts';

/** What the health endpoints answer. */
export const HealthReport = Type.Object(
  {
    status: Type.Union([Type.Literal('live'), Type.Literal('ready'), Type.Literal('not ready')]),
  },
  { description: 'Whether a node can be sent requests.' },
);

/** Schemas that have a name in the document; wherever one of them is part of another, there is a reference to it. */
export const namedSchemas: Readonly<Record<string, TSchema>> = {
  BatchUploadDetails,
  DeviceUploadDetails,
  BatchJobStatus,
  BatchJobProgress,
  DeviceBatchCreationRequest,
  DeviceList,
  SubmittedDevice,
  DeviceBatch,
  DeviceBatchCollection,
  Device,
  DeviceCollection,
  DeviceUpdateRequest,
  DevicePolicyUpdateRequest,
  PolicyReference,
  PolicyCategory,
  PolicySettings,
  ConfigurationPolicy,
  ConfigurationPolicyCollection,
  ConfigurationPolicyCreationRequest,
  ConfigurationPolicyUpdateRequest,
  Customer,
  CustomerCollection,
  OrganizationProfile,
  Link,
  Links,
  LinkHeader,
  Fault,
  RateLimitExceeded,
  TokenRequest,
  TokenRequestV1,
  TokenAnswer,
  TokenAnswerV1,
  TokenErrorBody,
  TokenExchangeRequest,
  ExchangedToken,
  DeviceCodeRequest,
  DeviceCodeAnswer,
  DeviceCodeAnswerV1,
  HealthReport,
};
