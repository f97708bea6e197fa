import { Link, SearchBox } from '@fluentui/react-components';
import type { Customer } from '@muster/sdk';
import { useMemo, useState, type ReactNode } from 'react';
import { EmptyState } from '../shell/empty-state.tsx';
import { useLinkTo } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';
import { useCustomers } from './customer-picker.tsx';

/** The partner’s customers. */
export function CustomersPage(): ReactNode {
  const { say } = useTexts();
  const linkTo = useLinkTo();
  const { data: customers, error } = useCustomers();
  const [wanted, setWanted] = useState('');
  const columns = useMemo<readonly TableColumn<Customer>[]>(
    () => [
      {
        title: say('customer'),
        width: 'minmax(0, 1fr)',
        render: ({ id, companyProfile }) => (
          <Link {...linkTo(`/customers/${id}`)}>{companyProfile.companyName}</Link>
        ),
      },
      {
        title: say('domain'),
        width: 'minmax(0, 1fr)',
        render: ({ companyProfile }) => companyProfile.domain,
      },
      { title: say('customerId'), width: 'minmax(0, 1fr)', render: ({ id }) => id },
    ],
    [say, linkTo],
  );
  const rows = useMemo(
    () =>
      customers?.filter(({ id, companyProfile: { companyName, domain } }) =>
        [id, companyName, domain].some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase())),
      ) ?? [],
    [customers, wanted],
  );
  return (
    <Page title={say('customers')} text={say('customersText')}>
      {error && <Problem error={error} />}
      {customers?.length === 0 ? (
        <EmptyState title={say('noCustomers')} text={say('noCustomersText')} />
      ) : (
        <>
          <SearchBox
            aria-label={say('searchCustomers')}
            placeholder={say('searchCustomers')}
            value={wanted}
            onChange={(_, { value }) => setWanted(value)}
          />
          <VirtualTable label={say('customers')} columns={columns} rows={rows} keyOf={({ id }) => id} />
        </>
      )}
    </Page>
  );
}
