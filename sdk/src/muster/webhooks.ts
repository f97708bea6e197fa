import type {
  SentEvent,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointCreationRequest,
  WebhookEndpointUpdateRequest,
  WebhookEndpointWithSecret,
} from '../generated/muster-types.ts';
import type { Pages } from '../pages.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions } from '../transport.ts';
import { listByCursor, type CursorListOptions } from './cursor-list.ts';

/** The webhook endpoints of the partner: URLs that are told of events. Muster's own API. */
export class Webhooks {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('webhookEndpoints');
  }

  /** Creates an endpoint. The result contains the secret of `v1` signatures, which is not shown again. */
  create(
    endpoint: WebhookEndpointCreationRequest,
    options?: CallOptions,
  ): Promise<WebhookEndpointWithSecret> {
    return this.#endpoint.send('POST', endpoint, options);
  }

  /** All endpoints, the oldest first. */
  async list(options?: CallOptions): Promise<readonly WebhookEndpoint[]> {
    const { items } = await this.#endpoint.get<{ items: readonly WebhookEndpoint[] }>(options);
    return items;
  }

  byId(endpointId: string): WebhookEndpointOperations {
    return new WebhookEndpointOperations(this.#endpoint.at(endpointId));
  }
}

/** Which deliveries to list. */
export interface WebhookDeliveryListOptions extends CursorListOptions {
  readonly state?: WebhookDelivery['state'] | undefined;
}

/** For how long the former key signs as well. */
export interface WebhookRotationOptions extends CallOptions {
  /** Default: 24 hours. */
  readonly formerKeyHours?: number | undefined;
}

/** One webhook endpoint. */
export class WebhookEndpointOperations {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  get(options?: CallOptions): Promise<WebhookEndpoint> {
    return this.#endpoint.get(options);
  }

  /** Changes, enables or disables the endpoint. What is absent stays as it is. */
  update(changes: WebhookEndpointUpdateRequest, options?: CallOptions): Promise<WebhookEndpoint> {
    return this.#endpoint.send('PATCH', changes, options);
  }

  /** Gives the endpoint a new key. For some time, webhooks are signed with the former key as well. */
  async rotateSecret(options: WebhookRotationOptions = {}): Promise<WebhookEndpointWithSecret> {
    const { formerKeyHours, ...rest } = options;
    const { transport, path } = this.#endpoint.at('rotateSecret');
    const query = formerKeyHours === undefined ? '' : `?formerKeyHours=${formerKeyHours}`;
    const result = await transport.send({ method: 'POST', path: path + query, options: rest });
    return result.body as WebhookEndpointWithSecret;
  }

  /** Sends a `ping`, whatever events the endpoint is for. */
  ping(options?: CallOptions): Promise<SentEvent> {
    return this.#endpoint.at('ping').send('POST', undefined, options);
  }

  /** Deliveries of the last 30 days, the newest first, fetched page by page while they are read. */
  deliveries({ state, ...rest }: WebhookDeliveryListOptions = {}): Pages<WebhookDelivery> {
    return listByCursor(this.#endpoint.at('deliveries'), { state }, rest);
  }

  /** Sends an event again, whether it was delivered or not. */
  resend(eventId: string, options?: CallOptions): Promise<SentEvent> {
    return this.#endpoint.at('deliveries', eventId, 'resend').send('POST', undefined, options);
  }

  /** Deletes the endpoint with its deliveries. */
  delete(options?: CallOptions): Promise<void> {
    return this.#endpoint.delete(options);
  }
}
