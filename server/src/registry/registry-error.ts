import type { WebhookUrlProblem } from './webhooks/webhook-settings.ts';

/** Why the registry refuses a call. Values only: each API says it in its own words, with its own status and code. */
export type Refusal =
  | { readonly kind: 'customer-forbidden'; readonly customerId: string }
  | { readonly kind: 'page-token-invalid' }
  | { readonly kind: 'batch-id-unusable'; readonly problem: 'blank' | 'dots' }
  | { readonly kind: 'batch-exists'; readonly batchId: string }
  | { readonly kind: 'batch-not-found'; readonly batchId: string }
  | { readonly kind: 'batch-job-not-found'; readonly trackingId: string }
  /** A job that must be finished is not. */
  | { readonly kind: 'job-not-finished'; readonly trackingId: string }
  /** A job that registered no devices, or a batch that has none. */
  | { readonly kind: 'nothing-to-remove' }
  /** `listName`: how the call names the list of devices; undefined: the whole body is the list. */
  | { readonly kind: 'no-devices'; readonly listName: string | undefined }
  | {
      readonly kind: 'too-many-devices';
      readonly listName: string | undefined;
      readonly count: number;
      readonly limit: number;
    }
  | { readonly kind: 'device-not-found'; readonly deviceId: string; readonly batchId: string }
  /** No customer of the partner has it. */
  | { readonly kind: 'device-unknown'; readonly deviceId: string }
  | { readonly kind: 'hardware-hash-unusable' }
  /** A policy that nobody has, or that another customer has, for one device. */
  | { readonly kind: 'policy-unknown' }
  | { readonly kind: 'policy-not-found'; readonly policyId: string }
  | { readonly kind: 'policy-changed' }
  | { readonly kind: 'policy-in-use'; readonly devicesCount: number }
  | { readonly kind: 'policy-name-blank' }
  | { readonly kind: 'too-many-policies'; readonly limit: number }
  | { readonly kind: 'webhook-url-unusable'; readonly problem: WebhookUrlProblem }
  | { readonly kind: 'too-many-webhook-endpoints'; readonly limit: number }
  | { readonly kind: 'webhook-endpoint-not-found'; readonly endpointId: string }
  | { readonly kind: 'webhook-endpoint-disabled'; readonly endpointId: string }
  | { readonly kind: 'webhook-delivery-not-found'; readonly eventId: string };

/** A call that the registry refuses. Nothing was changed. */
export class RegistryError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = 'RegistryError';
    this.refusal = refusal;
  }
}
