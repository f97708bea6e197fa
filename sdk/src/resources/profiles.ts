import type { OrganizationProfile } from '../generated/wire-types.ts';
import type { CallOptions } from '../transport.ts';
import type { Endpoint } from './endpoint.ts';

/** The profiles of the partner. */
export class Profiles {
  readonly organizationProfile: OrganizationProfileOperations;

  constructor(root: Endpoint) {
    this.organizationProfile = new OrganizationProfileOperations(root.at('profiles', 'organization'));
  }
}

/** The profile of the partner's organization. */
export class OrganizationProfileOperations {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /**
   * The organization that the credential acts for. This is the cheapest call that shows whether a credential is accepted.
   * https://learn.microsoft.com/partner-center/developer/get-an-organization-profile
   */
  get(options?: CallOptions): Promise<OrganizationProfile> {
    return this.#endpoint.get(options);
  }
}
