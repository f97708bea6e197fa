import { required } from '../../command.ts';
import { adminAction, defineAdminCommand } from './admin-command.ts';
import { adminOptions, askRoles, toCount, toRoles } from './admin-options.ts';

const { name, role, id, days } = adminOptions;
const partner = required(adminOptions.partner);
const redirectUri = {
  type: 'string',
  multiple: true,
  value: 'URI',
  description: {
    'en-US': 'Where users return to after signing in. Can be repeated',
    'zh-TW': '使用者登入後返回的位址。可重複指定',
  },
} as const;
const argument = 'CLIENT_ID';

export const adminApplicationsCommand = defineAdminCommand('applications', {
  columns: [
    { title: 'columnClientId', member: 'clientId' },
    { title: 'columnName', member: 'name' },
    { title: 'columnRoles', member: 'roles' },
    { title: 'columnPublic', member: 'isPublic' },
    { title: 'columnRedirectUris', member: 'redirectUris' },
  ],
  example: `muster admin applications create --partner 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11 --name Robot --role SalesAgents
muster admin applications list --partner 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11`,
  actions: {
    list: adminAction({
      options: { partner },
      run: ({ applications }, values) => applications.list(values.partner),
    }),
    get: adminAction({
      argument,
      options: {},
      run: ({ applications }, _, clientId) => applications.get(clientId),
    }),
    create: adminAction({
      options: {
        partner,
        name: required(name),
        role: required(role),
        'redirect-uri': redirectUri,
        public: {
          type: 'boolean',
          description: {
            'en-US': "It runs on users' own machines and has no secret",
            'zh-TW': '在使用者自己的電腦上執行，沒有密碼',
          },
        },
        id,
        days,
      },
      // An application without a role could sign in and do nothing, which shows only when it is used.
      // A public one acts for users only, with their roles.
      ask: async (values, invocation, io) => ({
        ...values,
        role: values.role ?? (values.public ? [] : await askRoles(invocation, io)),
      }),
      run: ({ applications }, values) =>
        applications.create(values.partner, {
          name: values.name,
          roles: toRoles(values.role),
          redirectUris: values['redirect-uri'],
          isPublic: values.public,
          clientId: values.id,
          secretLifetimeDays: toCount(values.days),
        }),
    }),
    update: adminAction({
      argument,
      options: { name, role, 'redirect-uri': redirectUri },
      run: ({ applications }, values, clientId) =>
        applications.update(clientId, {
          name: values.name,
          roles: values.role && toRoles(values.role),
          redirectUris: values['redirect-uri'],
        }),
    }),
    delete: adminAction({
      argument,
      options: {},
      isFinal: true,
      run: ({ applications }, _, clientId) => applications.delete(clientId),
    }),
  },
});
