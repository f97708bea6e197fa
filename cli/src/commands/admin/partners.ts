import { required } from '../../command.ts';
import { adminAction, defineAdminCommand } from './admin-command.ts';
import { adminOptions } from './admin-options.ts';

const { name, domain, id } = adminOptions;
const argument = 'PARTNER_ID';

export const adminPartnersCommand = defineAdminCommand('partners', {
  columns: [
    { title: 'columnPartnerId', member: 'partnerId' },
    { title: 'columnName', member: 'name' },
    { title: 'columnDomain', member: 'domainName' },
  ],
  example: `muster admin partners create --name Fabrikam --domain fabrikam.example
muster admin partners update 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11 --name "Fabrikam, Inc."`,
  actions: {
    list: adminAction({ options: {}, run: ({ partners }) => partners.list() }),
    get: adminAction({ argument, options: {}, run: ({ partners }, _, partnerId) => partners.get(partnerId) }),
    create: adminAction({
      options: { name: required(name), domain: required(domain), id },
      run: ({ partners }, values) =>
        partners.create({ name: values.name, domainName: values.domain, partnerId: values.id }),
    }),
    update: adminAction({
      argument,
      options: { name, domain },
      run: ({ partners }, values, partnerId) =>
        partners.update(partnerId, { name: values.name, domainName: values.domain }),
    }),
    delete: adminAction({
      argument,
      options: {},
      isFinal: true,
      run: ({ partners }, _, partnerId) => partners.delete(partnerId),
    }),
  },
});
