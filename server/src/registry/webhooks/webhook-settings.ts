import { isIP } from 'node:net';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { findCustomerPartner } from '../../store/registry/customers.ts';
import type { WebhookSettings } from '../../store/events/webhook-endpoints.ts';

/** Why webhooks cannot be sent to a URL. */
export type WebhookUrlProblem = 'notHttpUrl' | 'urlUserName' | 'addressNotAllowed';

/** Settings as a caller gives them; what is absent stays as it is. Empty lists stand for everything. */
export interface WebhookChanges {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly eventTypes?: readonly string[] | undefined;
  readonly customerIds?: readonly string[] | undefined;
  readonly isEnabled?: boolean | undefined;
}

const newSettings: WebhookSettings = {
  url: '',
  description: '',
  eventTypes: null,
  customerIds: null,
  isEnabled: true,
};

/** Settings with changes. Throws `webhook-url-unusable`, and `customer-forbidden` for a customer of somebody else. */
export async function applyChanges(
  ctx: Context,
  partnerId: string,
  { settings = newSettings, changes }: { settings?: WebhookSettings; changes: WebhookChanges },
): Promise<WebhookSettings> {
  const customerIds = changes.customerIds?.map((id) => id.toLowerCase());
  for (const customerId of customerIds ?? [])
    if ((await findCustomerPartner(ctx.db, customerId)) !== partnerId)
      throw new RegistryError({ kind: 'customer-forbidden', customerId });
  return {
    url: changes.url === undefined ? settings.url : checkUrl(ctx, changes.url),
    description: changes.description ?? settings.description,
    eventTypes: changes.eventTypes ? someOrAll(changes.eventTypes) : settings.eventTypes,
    customerIds: customerIds ? someOrAll(customerIds) : settings.customerIds,
    isEnabled: changes.isEnabled ?? settings.isEnabled,
  };
}

/** The addresses behind a host's name are checked with every delivery: they may change. */
function checkUrl(ctx: Context, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw refuse('notHttpUrl');
  if (url.username !== '' || url.password !== '') throw refuse('urlUserName');
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const address = host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : host;
  if (isIP(address) !== 0 && !ctx.allowsAddress(address)) throw refuse('addressNotAllowed');
  url.hash = '';
  return url.href;
}

function refuse(problem: WebhookUrlProblem): RegistryError {
  return new RegistryError({ kind: 'webhook-url-unusable', problem });
}

function someOrAll(values: readonly string[]): readonly string[] | null {
  return values.length === 0 ? null : [...new Set(values)];
}
