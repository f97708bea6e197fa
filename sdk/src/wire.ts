import type { PolicyReference } from './generated/wire-types.ts';

export type * from './generated/wire-types.ts';

/** A registered device. Its hardware hash is never returned. */
export interface Device {
  id: string;
  serialNumber?: string;
  productKey?: string;
  modelName?: string;
  oemManufacturerName?: string;
  policies?: PolicyReference[];
  uploadedDate?: string;
}

/** A named group of devices of one customer. */
export interface DeviceBatch {
  id: string;
  createdBy?: string;
  creationDate?: string;
  devicesCount?: number;
}

/** The first-start settings devices get. */
export interface ConfigurationPolicy {
  id: string;
  name: string;
  category?: string;
  description?: string;
  devicesAssignedCount?: number;
  policySettings: string[];
  createdDate?: string;
  lastModifiedDate?: string;
}

/** A new or changed policy. */
export interface ConfigurationPolicyRequest {
  name: string;
  category?: string;
  description?: string;
  policySettings: string[];
}

/** Which policies which devices shall have. A policy without `value` takes the present one away. */
export interface DevicePolicyUpdateRequest {
  devices: { id: string; policies: PolicyReference[] }[];
}

/** An organisation whose devices the partner manages. */
export interface Customer {
  id: string;
  companyProfile?: { tenantId?: string; domain?: string; companyName?: string };
}

/** What to change of a device. */
export interface DeviceUpdate {
  policies?: PolicyReference[];
}
