import { required } from '../../command.ts';
import { adminAction, defineAdminCommand } from './admin-command.ts';
import { adminOptions } from './admin-options.ts';

const { partner, name, domain, id } = adminOptions;
const argument = 'CUSTOMER_ID';

export const adminCustomersCommand = defineAdminCommand('customers', {
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
    list: adminAction({
      options: { partner },
      run: ({ customers }, values) => customers.list({ partnerId: values.partner }),
    }),
    get: adminAction({
      argument,
      options: {},
      run: ({ customers }, _, customerId) => customers.get(customerId),
    }),
    create: adminAction({
      options: { partner: required(partner), name: required(name), domain, id },
      run: ({ customers }, values) =>
        customers.create({
          partnerId: values.partner,
          companyName: values.name,
          domainName: values.domain,
          customerId: values.id,
        }),
    }),
    update: adminAction({
      argument,
      options: { name, domain },
      run: ({ customers }, values, customerId) =>
        customers.update(customerId, { companyName: values.name, domainName: values.domain }),
    }),
    move: adminAction({
      argument,
      options: { partner: required(partner) },
      run: ({ customers }, values, customerId) => customers.update(customerId, { partnerId: values.partner }),
    }),
    end: adminAction({
      argument,
      options: {},
      isFinal: true,
      run: ({ customers }, _, customerId) => customers.endRelationship(customerId),
    }),
  },
});
