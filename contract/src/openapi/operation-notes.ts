import type { ServedOperationId } from '../partner-center/mfa-reports.ts';

export const tags = {
  'Device batches': "Named groups of a customer's devices, and the uploads that add devices to them.",
  'Batch jobs': 'The result of an upload, for each device.',
  Devices: 'Registered devices.',
  'Configuration policies': 'The settings that devices use at their first start.',
  'Customers and partner': 'The customers that own the devices, and the partner that acts for them.',
  'MFA reports': 'Which users and applications make requests without multifactor authentication.',
  Tokens:
    "Muster's own token authority, at the paths of Azure AD. Not available if only other issuers are used.",
  Health: 'For load balancers and orchestrators.',
} as const;

export type Tag = keyof typeof tags;

const tryOut =
  'With `dryRun=true`, the same checks are made and nothing is stored: the response is 200 with the outcome that each device would have.';

const job =
  'Returns immediately with an empty body; `Location` is the URL of the job. If the request is repeated with the same MS-RequestId within 24 hours, it returns the same response and creates no second job.';

/** What the table of operations does not contain: the tag of each operation, and what callers should know. */
export const operationNotes: Readonly<
  Record<ServedOperationId, { readonly tag: Tag; readonly text: string }>
> = {
  createDeviceBatch: {
    tag: 'Device batches',
    text: `The batch is listed immediately; its devices are registered in the background. ${job} An error in a single device is reported as that device's outcome, never as a 400. ${tryOut}`,
  },
  listDeviceBatches: {
    tag: 'Device batches',
    text: 'Not paged. The list is empty for a customer that has no batches or has never been used.',
  },
  addDevices: {
    tag: 'Device batches',
    text: `The body is a bare array. ${job} ${tryOut}`,
  },
  listDevices: {
    tag: 'Devices',
    text: 'Returns 100 devices per page. To get the next page, send `continuationToken` in the header `MS-ContinuationToken`, or follow `links.next` and send its headers. Deleting devices while the list is being read does not cause other devices to be skipped. Hardware hashes are never returned.',
  },
  updateDevice: {
    tag: 'Devices',
    text: "Microsoft's documentation does not describe this operation, but all of its SDKs send it (as `Patch`). Only the policy can be changed; other members are ignored.",
  },
  deleteDevice: {
    tag: 'Devices',
    text: 'Any customer can register the device afterwards. The status of the jobs that contained it does not change. If the request is repeated with the same MS-RequestId, it returns 204 again.',
  },
  updateDevicePolicies: {
    tag: 'Devices',
    text: `${job} The outcome is 807 for an unknown device, 809 for an unknown policy, and 810 for another customer's policy. A value of null or an empty list removes the policy. ${tryOut}`,
  },
  getBatchUploadStatus: {
    tag: 'Batch jobs',
    text: 'The status of a job is `finished` even if devices failed: check `devicesStatus` or `progress.failed`. `progress` is an addition by Muster. With `Prefer: wait=N` (RFC 7240), the service responds when the job ends, or after N seconds (at most 50), and confirms it with `Preference-Applied`.',
  },
  createPolicy: {
    tag: 'Configuration policies',
    text: 'The category is always `o_o_b_e`. Names need not be unique.',
  },
  listPolicies: { tag: 'Configuration policies', text: 'Not paged.' },
  getPolicy: { tag: 'Configuration policies', text: 'Use `attributes.etag` as the value of If-Match.' },
  updatePolicy: {
    tag: 'Configuration policies',
    text: 'Members that are absent or null are not changed. Devices that have the policy use the new settings at their next first start.',
  },
  deletePolicy: {
    tag: 'Configuration policies',
    text: 'Returns 409 if the policy is assigned to a device.',
  },
  listCustomers: {
    tag: 'Customers and partner',
    text: 'Sorted by company name. The continuation token of a page includes the page size and the filter.',
  },
  getCustomer: { tag: 'Customers and partner', text: 'Returns the ID, name, and domain of a customer.' },
  getOrganizationProfile: {
    tag: 'Customers and partner',
    text: 'The first request that `Connect-PartnerCenter` makes.',
  },
  listApplicationMfaAdoption: {
    tag: 'MFA reports',
    text: 'Covers the last seven days. App-only requests are exempt from MFA and are not counted.',
  },
  listPartnerRequests: {
    tag: 'MFA reports',
    text: 'Includes requests that were refused because MFA was missing.',
  },
  listNonMfaCompliantPartnerPrincipals: {
    tag: 'MFA reports',
    text: 'The list is empty if every user signs in with a second factor.',
  },
};
