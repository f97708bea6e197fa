import { defineAdminCommand } from './define-admin-command.ts';

export const adminKeysCommand = defineAdminCommand('keys', {
  options: {},
  columns: [
    { title: 'columnKeyId', member: 'keyId' },
    { title: 'columnCreated', member: 'createdAt' },
    { title: 'columnExpires', member: 'expiresAt' },
  ],
  example: `muster admin keys list
muster admin keys rotate`,
  actions: {
    list: { operation: 'listSigningKeys', method: 'GET', path: '/signing-keys' },
    rotate: { operation: 'rotateSigningKey', method: 'POST', path: '/signing-keys' },
    delete: {
      operation: 'deleteSigningKey',
      method: 'DELETE',
      path: '/signing-keys/{keyId}',
      argument: 'keyId',
      isFinal: true,
    },
  },
});
