import type { Job } from '../generated/muster-types.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions } from '../transport.ts';

/** The jobs of all the partner's customers. Muster's own API: Partner Center answers with a `NotFoundError`. */
export class Jobs {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('jobs');
  }

  /** One job, by its tracking id alone. Throws a `NotFoundError` when no customer of the partner has it. */
  get(trackingId: string, options?: CallOptions): Promise<Job> {
    return this.#endpoint.at(trackingId).get(options);
  }
}
