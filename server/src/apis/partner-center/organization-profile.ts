import { getOrganizationProfile } from '../../registry/customers/get-organization-profile.ts';
import type { WireHandler } from './wire-call.ts';

/** GET profiles/organization */
export const getOrganizationProfileRoute: WireHandler = async ({ ctx, caller }) =>
  getOrganizationProfile(ctx, caller);
