import { adminOptions, readCount, readRoles } from './admin-options.ts';
import { defineAdminCommand } from './define-admin-command.ts';

const { partner, name, role, id, days } = adminOptions;
const changes = {
  name: { member: 'name' },
  role: { member: 'roles', read: readRoles },
  'redirect-uri': { member: 'redirectUris' },
};

export const adminApplicationsCommand = defineAdminCommand('applications', {
  options: {
    partner,
    name,
    role,
    'redirect-uri': {
      type: 'string',
      multiple: true,
      value: 'URI',
      description: {
        'en-US': 'Where users are sent back to after signing in, as often as needed',
        'zh-TW': '使用者登入後返回的位址，可重複',
      },
    },
    public: {
      type: 'boolean',
      description: {
        'en-US': "It runs on people's own machines and gets no secret",
        'zh-TW': '在使用者自己的電腦上執行，沒有密碼',
      },
    },
    id,
    days,
  },
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
    list: {
      operation: 'listApplications',
      method: 'GET',
      path: '/partners/{partnerId}/applications',
      needs: ['partner'],
    },
    get: {
      operation: 'getApplication',
      method: 'GET',
      path: '/applications/{clientId}',
      argument: 'clientId',
    },
    create: {
      operation: 'createApplication',
      method: 'POST',
      path: '/partners/{partnerId}/applications',
      needs: ['partner', 'name'],
      body: {
        ...changes,
        public: { member: 'isPublic' },
        id: { member: 'clientId' },
        days: { member: 'secretLifetimeDays', read: readCount },
      },
    },
    update: {
      operation: 'updateApplication',
      method: 'PATCH',
      path: '/applications/{clientId}',
      argument: 'clientId',
      body: changes,
    },
    delete: {
      operation: 'deleteApplication',
      method: 'DELETE',
      path: '/applications/{clientId}',
      argument: 'clientId',
      isFinal: true,
    },
  },
});
