import type { NewApplicationSecret } from '@muster/contract/admin/application-secret';
import type { ApplicationChanges, NewApplication } from '@muster/contract/admin/application';
import { createApplicationSecret } from './operations/create-application-secret.ts';
import { createApplication } from './operations/create-application.ts';
import { deleteApplicationSecret } from './operations/delete-application-secret.ts';
import { deleteApplication } from './operations/delete-application.ts';
import { getApplication } from './operations/get-application.ts';
import { listApplicationSecrets } from './operations/list-application-secrets.ts';
import { listApplications } from './operations/list-applications.ts';
import { updateApplication } from './operations/update-application.ts';
import { pageOf, type AdminCall } from './admin-call.ts';

/** /admin/v1/partners/{partnerId}/applications and /admin/v1/applications */
export const applicationHandlers = {
  listApplications: (call: AdminCall) => listApplications(call.ctx, call.param('partnerId'), pageOf(call)),
  createApplication: ({ ctx, hasher, param, body }: AdminCall<NewApplication>) =>
    createApplication(ctx, hasher, { partnerId: param('partnerId'), input: body }),
  getApplication: ({ ctx, param }: AdminCall) => getApplication(ctx, param('clientId')),
  updateApplication: ({ ctx, param, body }: AdminCall<ApplicationChanges>) =>
    updateApplication(ctx, param('clientId'), body),
  deleteApplication: ({ ctx, param }: AdminCall) => deleteApplication(ctx, param('clientId')),
  listApplicationSecrets: ({ ctx, param }: AdminCall) => listApplicationSecrets(ctx, param('clientId')),
  createApplicationSecret: ({ ctx, hasher, param, body }: AdminCall<NewApplicationSecret>) =>
    createApplicationSecret(ctx, hasher, { clientId: param('clientId'), input: body }),
  deleteApplicationSecret: ({ ctx, param }: AdminCall) =>
    deleteApplicationSecret(ctx, { clientId: param('clientId'), secretId: param('secretId') }),
};
