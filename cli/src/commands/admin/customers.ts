import { adminOptions } from './admin-options.ts';
import { defineAdminCommand } from './define-admin-command.ts';

const { partner, name, domain, id } = adminOptions;
const path = '/customers/{customerId}';
const argument = 'customerId';
const changes = { name: { member: 'companyName' }, domain: { member: 'domainName' } };

export const adminCustomersCommand = defineAdminCommand('customers', {
  options: { partner, name, domain, id },
  columns: [
    { title: 'columnCustomerId', member: 'customerId' },
    { title: 'columnName', member: 'companyName' },
    { title: 'columnDomain', member: 'domainName' },
    { title: 'columnPartnerId', member: 'partnerId' },
  ],
  example: `muster admin customers create --partner 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11 --name Contoso
muster admin customers move 47021739-3426-40bf-9601-61b4b6d7c793 --partner 9d1f5a2e-64f3-4a0e-bb1c-7f5c0e8d3a42
muster admin customers end 47021739-3426-40bf-9601-61b4b6d7c793`,
  actions: {
    list: { operation: 'listAdminCustomers', method: 'GET', path: '/customers', filters: ['partner'] },
    get: { operation: 'getAdminCustomer', method: 'GET', path, argument },
    create: {
      operation: 'createCustomer',
      method: 'POST',
      path: '/customers',
      needs: ['partner', 'name'],
      body: { ...changes, partner: { member: 'partnerId' }, id: { member: 'customerId' } },
    },
    update: { operation: 'updateCustomer', method: 'PATCH', path, argument, body: changes },
    move: {
      operation: 'updateCustomer',
      method: 'PATCH',
      path,
      argument,
      needs: ['partner'],
      body: { partner: { member: 'partnerId' } },
    },
    end: {
      operation: 'endCustomerRelationship',
      method: 'DELETE',
      path: `${path}/relationship`,
      argument,
      isFinal: true,
    },
  },
});
