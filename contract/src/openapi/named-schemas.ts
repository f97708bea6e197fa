import type { TSchema } from 'typebox';
import {
  BatchJobProgress,
  BatchJobStatus,
  BatchUploadDetails,
  DeviceUploadDetails,
} from '../batch-upload-details.ts';
import {
  ConfigurationPolicy,
  ConfigurationPolicyCollection,
  ConfigurationPolicyCreationRequest,
  ConfigurationPolicyUpdateRequest,
  PolicySettings,
} from '../configuration-policy.ts';
import { Customer, CustomerCollection } from '../customer.ts';
import { DeviceBatch, DeviceBatchCollection, DeviceBatchCreationRequest } from '../device-batch.ts';
import {
  Device,
  DeviceCollection,
  DeviceList,
  DevicePolicyUpdateRequest,
  DeviceUpdateRequest,
  PolicyCategory,
  PolicyReference,
  SubmittedDevice,
} from '../device.ts';
import { Fault } from '../fault.ts';
import { OrganizationProfile } from '../organization-profile.ts';
import { RateLimitExceeded } from '../rate-limit-exceeded.ts';
import { Link, LinkHeader, Links } from '../resource-collection.ts';
import { HealthReport } from './health-report.ts';
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
