import type { ServedOperationId } from '../partner-center/mfa-reports.ts';

export const tags = {
  'Device batches': 'Named groups of devices of a customer, and the uploads that fill them.',
  'Batch jobs': 'What became of an upload, device by device.',
  Devices: 'Registered devices.',
  'Configuration policies': 'What devices do at their first start.',
  'Customers and partner': 'Who the devices belong to, and who acts for them.',
  'MFA reports': 'Which users and applications make requests without multifactor authentication.',
  Tokens:
    "Muster's own token authority, at the paths of Azure AD. Not there where only other issuers are used.",
  Health: 'For load balancers and orchestrators.',
} as const;

export type Tag = keyof typeof tags;

const job =
  'Answers at once with an empty body; `Location` leads to the job. A repeat with the same MS-RequestId within 24 hours gets the same answer and makes no second job.';

/** What the contract's table does not say: where an operation belongs, and what callers should know. */
export const operationNotes: Readonly<
  Record<ServedOperationId, { readonly tag: Tag; readonly text: string }>
> = {
  createDeviceBatch: {
    tag: 'Device batches',
    text: `The batch is listed from now on; its devices are registered in the background. ${job} What is wrong with a single device is that device's outcome, never a 400.`,
  },
  listDeviceBatches: {
    tag: 'Device batches',
    text: 'Never paged. A customer without batches, or one that was never used, has an empty list.',
  },
  addDevices: {
    tag: 'Device batches',
    text: `The body is a bare array. ${job}`,
  },
  listDevices: {
    tag: 'Devices',
    text: '100 devices a page. The next page: send `continuationToken` back in `MS-ContinuationToken`, or follow `links.next` with its header. A device that is deleted meanwhile makes no page skip another. Hardware hashes are never returned.',
  },
  updateDevice: {
    tag: 'Devices',
    text: "Microsoft's pages do not describe it, but all its SDKs send it (as `Patch`). Only the policy can be changed; other members are ignored.",
  },
  deleteDevice: {
    tag: 'Devices',
    text: 'Anybody may register the device from then on. The answers of the jobs it was in stay as they were. A repeat with the same MS-RequestId is answered with 204 again.',
  },
  updateDevicePolicies: {
    tag: 'Devices',
    text: `${job} An unknown device is outcome 807, an unknown policy 809, a policy of another customer 810. A value of null, or an empty list, takes the policy away.`,
  },
  getBatchUploadStatus: {
    tag: 'Batch jobs',
    text: 'A job ends as `finished` even where devices were refused: look at `devicesStatus`, or at `progress.failed`. `progress` is an addition of Muster.',
  },
  createPolicy: {
    tag: 'Configuration policies',
    text: 'The category is always `o_o_b_e`. Names need not be unique.',
  },
  listPolicies: { tag: 'Configuration policies', text: 'Never paged.' },
  getPolicy: { tag: 'Configuration policies', text: '`attributes.etag` is what If-Match takes.' },
  updatePolicy: {
    tag: 'Configuration policies',
    text: 'A member that is absent or null stays as it is. Devices get the new settings at their next first start.',
  },
  deletePolicy: {
    tag: 'Configuration policies',
    text: 'A policy that a device has cannot be deleted: 409.',
  },
  listCustomers: {
    tag: 'Customers and partner',
    text: 'By company name. The token of a page carries size and filter on.',
  },
  getCustomer: { tag: 'Customers and partner', text: 'For customer pickers.' },
  getOrganizationProfile: {
    tag: 'Customers and partner',
    text: '`Connect-PartnerCenter` asks for it first.',
  },
  listApplicationMfaAdoption: {
    tag: 'MFA reports',
    text: 'Of the last seven days. Requests of applications alone are exempt from MFA and are not counted.',
  },
  listPartnerRequests: {
    tag: 'MFA reports',
    text: 'Requests that were refused for want of MFA are among them.',
  },
  listNonMfaCompliantPartnerPrincipals: {
    tag: 'MFA reports',
    text: 'Empty once every user signs in with a second factor.',
  },
};
