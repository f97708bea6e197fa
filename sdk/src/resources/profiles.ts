import type { OrganizationProfile } from '../generated/wire-types.ts';
import type { CallOptions, Transport } from '../transport.ts';

/** The profiles of the partner. */
export class Profiles {
  readonly organizationProfile: OrganizationProfileOperations;

  constructor(transport: Transport) {
    this.organizationProfile = new OrganizationProfileOperations(transport);
  }
}

/** The profile of the partner's organisation. */
export class OrganizationProfileOperations {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Who the credential acts for: the cheapest call that shows whether it is accepted.
   * https://learn.microsoft.com/partner-center/developer/get-an-organization-profile
   */
  async get(options?: CallOptions): Promise<OrganizationProfile> {
    const { body } = await this.#transport.send({ method: 'GET', path: '/profiles/organization', options });
    return body as OrganizationProfile;
  }
}
