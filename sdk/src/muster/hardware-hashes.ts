import type { DecodedHardwareHash } from '../generated/muster-types.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions } from '../transport.ts';

/** Hardware hashes. Muster's own API: Partner Center answers with a `NotFoundError`. */
export class HardwareHashes {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('hardwareHashes', 'decode');
  }

  /**
   * What up to 50 hardware hashes say about their devices, in their order, and what is wrong with them. A hash is a
   * secret; the service keeps nothing of it.
   */
  async decode(hardwareHashes: readonly string[], options?: CallOptions): Promise<DecodedHardwareHash[]> {
    const body = { hardwareHashes };
    return (await this.#endpoint.send<{ items: DecodedHardwareHash[] }>('POST', body, options)).items;
  }
}
