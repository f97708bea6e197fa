import { required } from '../../command.ts';
import { adminAction, defineAdminCommand } from './admin-command.ts';
import { adminOptions, toCount } from './admin-options.ts';

/** Enough time to give the new secret to every program that has the old one. */
const graceHours = 24;

const application = required(adminOptions.application);
const { days } = adminOptions;

export const adminSecretsCommand = defineAdminCommand('secrets', {
  columns: [
    { title: 'columnSecretId', member: 'secretId' },
    { title: 'columnCreated', member: 'createdAt' },
    { title: 'columnExpires', member: 'expiresAt' },
  ],
  example: `muster admin secrets rotate --application 0c2f7f4e-3a53-4b8e-9d4c-5f3a7b1d2e60 --days 180
muster admin secrets list --application 0c2f7f4e-3a53-4b8e-9d4c-5f3a7b1d2e60`,
  actions: {
    list: adminAction({
      options: { application },
      run: ({ applicationSecrets }, values) => applicationSecrets.list(values.application),
    }),
    create: adminAction({
      options: { application, days },
      run: ({ applicationSecrets }, values) =>
        applicationSecrets.create(values.application, { lifetimeDays: toCount(values.days) }),
    }),
    rotate: adminAction({
      options: {
        application,
        days,
        'grace-hours': {
          type: 'string',
          isCount: true,
          value: 'N',
          description: {
            'en-US': `Hours for which the application's other secrets still work (default: ${graceHours})`,
            'zh-TW': `應用程式的其他密碼仍可使用的時數（預設：${graceHours}）`,
          },
        },
      },
      run: ({ applicationSecrets }, values) =>
        applicationSecrets.create(values.application, {
          lifetimeDays: toCount(values.days),
          othersExpireInHours: toCount(values['grace-hours']) ?? graceHours,
        }),
    }),
    delete: adminAction({
      argument: 'SECRET_ID',
      options: { application },
      isFinal: true,
      run: ({ applicationSecrets }, values, secretId) =>
        applicationSecrets.delete(values.application, secretId),
    }),
  },
});
