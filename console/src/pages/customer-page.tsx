import { Button, Link } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import type { DeviceBatch } from '@muster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { useLinkTo, useNavigation } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';
import { useUpload } from '../upload/upload-provider.tsx';

/** One customer: its batches, and the way to upload more. */
export function CustomerPage({ customerId }: { readonly customerId: string }): ReactNode {
  const { say, number, time } = useTexts();
  const linkTo = useLinkTo();
  const partner = usePartner();
  const customer = useQuery({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => partner.customers.byId(customerId).get({ signal }),
  });
  const batches = useQuery({
    queryKey: ['batches', customerId],
    queryFn: ({ signal }) => partner.customers.byId(customerId).deviceBatches.list({ signal }).toArray(),
  });
  const columns = useMemo<readonly TableColumn<DeviceBatch>[]>(
    () => [
      {
        title: say('batch'),
        width: 'minmax(0, 2fr)',
        render: ({ id }) => (
          <Link {...linkTo(`/customers/${customerId}/batches/${encodeURIComponent(id)}`)}>{id}</Link>
        ),
      },
      { title: say('devicesTitle'), width: '100px', render: ({ devicesCount }) => number(devicesCount) },
      {
        title: say('created'),
        width: 'minmax(0, 1.2fr)',
        render: ({ creationDate }) => time(creationDate),
      },
      { title: say('createdBy'), width: 'minmax(0, 1.5fr)', render: ({ createdBy }) => createdBy },
    ],
    [say, number, time, linkTo, customerId],
  );
  const error = customer.error ?? batches.error;
  return (
    <Page
      title={customer.data?.companyProfile.companyName ?? say('customer')}
      text={customer.data?.companyProfile.domain ?? customerId}
      actions={<UploadTo customerId={customerId} />}
    >
      {error && <Problem error={error} />}
      {batches.data?.length === 0 ? (
        <EmptyState title={say('noBatches')} text={say('noBatchesText')}>
          <UploadTo customerId={customerId} />
        </EmptyState>
      ) : (
        <VirtualTable
          label={say('batches')}
          columns={columns}
          rows={batches.data ?? []}
          keyOf={({ id }) => id}
        />
      )}
    </Page>
  );
}

/** Leads to the upload for this customer, and into this batch where there is one. */
export function UploadTo(props: { readonly customerId: string; readonly batchId?: string }): ReactNode {
  const { say } = useTexts();
  const { go } = useNavigation();
  const { state, change } = useUpload();
  const { customerId, batchId } = props;
  const start = () => {
    if (state.stage !== 'registering') change({ customerId, ...(batchId !== undefined && { batchId }) });
    go('/upload');
  };
  return (
    <Button appearance="primary" icon={<ArrowUploadRegular />} onClick={start}>
      {say('uploadTitle')}
    </Button>
  );
}
