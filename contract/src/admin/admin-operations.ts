import { administratorOperations } from './administrator.ts';
import { applicationOperations } from './application.ts';
import { customerOperations } from './customer.ts';
import { partnerOperations } from './partner.ts';
import { signingKeyOperations } from './signing-key.ts';
import { userOperations } from './user.ts';

export type { AdminOperation } from './fields.ts';

/** The administration API, one row per operation. The routes, the published document and the clients use this table. */
export const adminOperations = {
  ...partnerOperations,
  ...applicationOperations,
  ...userOperations,
  ...customerOperations,
  ...signingKeyOperations,
  ...administratorOperations,
};

export type AdminOperationId = keyof typeof adminOperations;
