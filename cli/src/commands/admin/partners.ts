import { adminOptions } from './admin-options.ts';
import { defineAdminCommand } from './define-admin-command.ts';

const { name, domain, id } = adminOptions;
const changes = { name: { member: 'name' }, domain: { member: 'domainName' } };

export const adminPartnersCommand = defineAdminCommand('partners', {
  options: { name, domain, id },
  columns: [
    { title: 'columnPartnerId', member: 'partnerId' },
    { title: 'columnName', member: 'name' },
    { title: 'columnDomain', member: 'domainName' },
  ],
  example: `muster admin partners create --name Fabrikam --domain fabrikam.example
muster admin partners update 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11 --name "Fabrikam, Inc."`,
  actions: {
    list: { operation: 'listPartners', method: 'GET', path: '/partners' },
    get: { operation: 'getPartner', method: 'GET', path: '/partners/{partnerId}', argument: 'partnerId' },
    create: {
      operation: 'createPartner',
      method: 'POST',
      path: '/partners',
      needs: ['name', 'domain'],
      body: { ...changes, id: { member: 'partnerId' } },
    },
    update: {
      operation: 'updatePartner',
      method: 'PATCH',
      path: '/partners/{partnerId}',
      argument: 'partnerId',
      body: changes,
    },
    delete: {
      operation: 'deletePartner',
      method: 'DELETE',
      path: '/partners/{partnerId}',
      argument: 'partnerId',
      isFinal: true,
    },
  },
});
