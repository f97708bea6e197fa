import { adminOptions, readCount } from './admin-options.ts';
import { defineAdminCommand } from './define-admin-command.ts';

const { application, days } = adminOptions;
const path = '/applications/{clientId}/secrets';

/** Time enough to give the new secret to every program that has the old one. */
const graceHours = 24;

export const adminSecretsCommand = defineAdminCommand('secrets', {
  options: {
    application,
    days,
    'grace-hours': {
      type: 'string',
      value: 'N',
      description: {
        'en-US': `For rotate: the other secrets work for so many more hours (default: ${graceHours})`,
        'zh-TW': `用於 rotate：其他密碼仍可使用的時數（預設：${graceHours}）`,
      },
    },
  },
  columns: [
    { title: 'columnSecretId', member: 'secretId' },
    { title: 'columnCreated', member: 'createdAt' },
    { title: 'columnExpires', member: 'expiresAt' },
  ],
  example: `muster admin secrets rotate --application 0c2f7f4e-3a53-4b8e-9d4c-5f3a7b1d2e60 --days 180
muster admin secrets list --application 0c2f7f4e-3a53-4b8e-9d4c-5f3a7b1d2e60`,
  actions: {
    list: { operation: 'listApplicationSecrets', method: 'GET', path, needs: ['application'] },
    create: {
      operation: 'createApplicationSecret',
      method: 'POST',
      path,
      needs: ['application'],
      fixed: {},
      body: { days: { member: 'lifetimeDays', read: readCount } },
    },
    rotate: {
      operation: 'createApplicationSecret',
      method: 'POST',
      path,
      needs: ['application'],
      fixed: { othersExpireInHours: graceHours },
      body: {
        days: { member: 'lifetimeDays', read: readCount },
        'grace-hours': { member: 'othersExpireInHours', read: readCount },
      },
    },
    delete: {
      operation: 'deleteApplicationSecret',
      method: 'DELETE',
      path: `${path}/{secretId}`,
      argument: 'secretId',
      needs: ['application'],
      isFinal: true,
    },
  },
});
