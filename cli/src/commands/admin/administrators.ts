import { defineAdminCommand } from './define-admin-command.ts';

export const adminAdministratorsCommand = defineAdminCommand('administrators', {
  options: {},
  columns: [
    { title: 'columnId', member: 'administratorId' },
    { title: 'columnName', member: 'name' },
    { title: 'columnCreated', member: 'createdAt' },
  ],
  example: 'muster admin administrators create "Ada Lovelace"',
  actions: {
    list: { operation: 'listAdministrators', method: 'GET', path: '/administrators' },
    create: {
      operation: 'createAdministrator',
      method: 'POST',
      path: '/administrators',
      argumentMember: 'name',
    },
    delete: {
      operation: 'deleteAdministrator',
      method: 'DELETE',
      path: '/administrators/{administratorId}',
      argument: 'administratorId',
      isFinal: true,
    },
  },
});
