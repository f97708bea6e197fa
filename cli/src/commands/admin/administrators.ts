import { adminAction, defineAdminCommand } from './admin-command.ts';

export const adminAdministratorsCommand = defineAdminCommand('administrators', {
  columns: [
    { title: 'columnId', member: 'administratorId' },
    { title: 'columnName', member: 'name' },
    { title: 'columnCreated', member: 'createdAt' },
  ],
  example: 'muster admin administrators create "Ada Lovelace"',
  actions: {
    list: adminAction({ options: {}, run: ({ administrators }) => administrators.list() }),
    create: adminAction({
      argument: 'NAME',
      options: {},
      run: ({ administrators }, _, name) => administrators.create({ name }),
    }),
    delete: adminAction({
      argument: 'ADMINISTRATOR_ID',
      options: {},
      isFinal: true,
      run: ({ administrators }, _, administratorId) => administrators.delete(administratorId),
    }),
  },
});
