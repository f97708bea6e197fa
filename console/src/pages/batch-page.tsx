import { nameMakeModel } from '@muster/contract/name-make-model';
import { Link, Spinner } from '@fluentui/react-components';
import type { Device } from '@muster/sdk';
import { useCallback, useMemo, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { useLinkTo } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { useLongList } from '../shell/use-long-list.ts';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';
import { UploadTo } from './customer-page.tsx';

/** The devices of one batch. */
export function BatchPage(props: { readonly customerId: string; readonly batchId: string }): ReactNode {
  const { customerId, batchId } = props;
  const { say, time } = useTexts();
  const linkTo = useLinkTo();
  const partner = usePartner();
  const devices = useLongList(
    useCallback(
      () => partner.customers.byId(customerId).deviceBatches.byId(batchId).devices.list(),
      [partner, customerId, batchId],
    ),
  );
  const columns = useMemo<readonly TableColumn<Device>[]>(
    () => [
      {
        title: say('serialNumber'),
        width: 'minmax(0, 1fr)',
        render: ({ id, serialNumber, productKey }) => (
          <Link {...linkTo(`/devices/${id}`)}>{serialNumber || productKey || id}</Link>
        ),
      },
      {
        title: say('makeAndModel'),
        width: 'minmax(0, 1.2fr)',
        render: nameMakeModel,
      },
      { title: say('registered'), width: '180px', render: ({ uploadedDate }) => time(uploadedDate) },
      { title: say('deviceId'), width: 'minmax(0, 1.5fr)', render: ({ id }) => id },
    ],
    [say, time, linkTo],
  );
  return (
    <Page
      title={batchId}
      text={say('batchText')}
      actions={<UploadTo customerId={customerId} batchId={batchId} />}
    >
      {devices.error !== undefined && <Problem error={devices.error} />}
      {devices.rows.length === 0 && devices.isLoading && <Spinner label={say('loading')} />}
      {devices.rows.length === 0 && devices.isWhole && (
        <EmptyState title={say('noDevices')} text={say('noDevicesText')} />
      )}
      {devices.rows.length > 0 && (
        <VirtualTable
          label={say('devicesTitle')}
          columns={columns}
          rows={devices.rows}
          keyOf={({ id }) => id}
          minWidth={760}
          {...(!devices.isWhole && !devices.isLoading && { onEnd: devices.more })}
        />
      )}
    </Page>
  );
}
