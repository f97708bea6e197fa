import { adminAction, defineAdminCommand } from './admin-command.ts';

export const adminKeysCommand = defineAdminCommand('keys', {
  columns: [
    { title: 'columnKeyId', member: 'keyId' },
    { title: 'columnCreated', member: 'createdAt' },
    { title: 'columnExpires', member: 'expiresAt' },
  ],
  example: `muster admin keys list
muster admin keys rotate`,
  actions: {
    list: adminAction({ options: {}, run: ({ signingKeys }) => signingKeys.list() }),
    rotate: adminAction({ options: {}, run: ({ signingKeys }) => signingKeys.rotate() }),
    delete: adminAction({
      argument: 'KEY_ID',
      options: {},
      isFinal: true,
      run: ({ signingKeys }, _, keyId) => signingKeys.delete(keyId),
    }),
  },
});
