import { nameMakeModel } from '@muster/contract/name-make-model';
import { Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { DeviceEvent, RegisteredDevice } from '@muster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { useLinkTo } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { useLongList } from '../shell/use-long-list.ts';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';

const useStyles = makeStyles({
  facts: { display: 'flex', flexWrap: 'wrap', gap: '12px 32px', margin: 0 },
  fact: { display: 'flex', flexDirection: 'column', minWidth: '140px' },
  value: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One device: what it is, where it is registered, and what happened to it. */
export function DevicePage({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { say } = useTexts();
  const partner = usePartner();
  const { data: device, error } = useQuery({
    queryKey: ['device', deviceId],
    queryFn: ({ signal }) => partner.devices.get(deviceId, { signal }),
  });
  return (
    <Page title={device?.serialNumber ?? device?.productKey ?? say('device')} text={deviceId}>
      {error && <Problem error={error} />}
      {!device && !error && <Spinner label={say('loading')} />}
      {device && <Facts device={device} />}
      {device && <History deviceId={deviceId} />}
    </Page>
  );
}

function Facts({ device }: { readonly device: RegisteredDevice }): ReactNode {
  const styles = useStyles();
  const { say, time } = useTexts();
  const linkTo = useLinkTo();
  const { customerId, customerName, batchId } = device;
  const facts: [string, ReactNode][] = [
    [say('state'), say(device.removedAt === undefined ? 'deviceRegistered' : 'deviceRemoved')],
    [say('customer'), <Link {...linkTo(`/customers/${customerId}`)}>{customerName}</Link>],
    [
      say('batch'),
      <Link {...linkTo(`/customers/${customerId}/batches/${encodeURIComponent(batchId)}`)}>{batchId}</Link>,
    ],
    [say('makeAndModel'), nameMakeModel(device)],
    [say('productKey'), device.productKey],
    [say('policy'), device.policyName ?? device.policyId ?? say('noPolicy')],
    [say('registered'), time(device.registeredAt)],
    [say('removed'), time(device.removedAt)],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt className={styles.quiet}>{name}</dt>
            <dd className={styles.value}>
              <Text weight="semibold">{value}</Text>
            </dd>
          </div>
        ))}
    </dl>
  );
}

function History({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { say, time } = useTexts();
  const linkTo = useLinkTo();
  const partner = usePartner();
  const events = useLongList(useCallback(() => partner.devices.history(deviceId), [partner, deviceId]));
  const columns = useMemo<readonly TableColumn<DeviceEvent & { readonly key: number }>[]>(
    () => [
      { title: say('when'), width: '190px', render: ({ at }) => time(at) },
      {
        title: say('whatHappened'),
        width: 'minmax(0, 1.4fr)',
        render: ({ kind, outcome }) =>
          kind === 'upload_refused' && outcome !== undefined
            ? `${say(`event_${kind}`)} (${outcome})`
            : say(`event_${kind}`),
      },
      {
        title: say('details'),
        width: 'minmax(0, 1.6fr)',
        render: ({ trackingId, customerId, customerName, policyName, policyId, batchId }) =>
          trackingId === undefined ? (
            (policyName ?? policyId ?? customerName)
          ) : (
            <Link {...linkTo(`/customers/${customerId}/jobs/${trackingId}`)}>
              {batchId ?? say('jobTitle')}
            </Link>
          ),
      },
      { title: say('by'), width: 'minmax(0, 1.2fr)', render: ({ by }) => by ?? '' },
    ],
    [say, time, linkTo],
  );
  const rows = useMemo(() => events.rows.map((event, key) => ({ ...event, key })), [events.rows]);
  if (events.error !== undefined) return <Problem error={events.error} />;
  return (
    <VirtualTable
      label={say('history')}
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      minWidth={760}
      {...(!events.isWhole && !events.isLoading && { onEnd: events.more })}
    />
  );
}
