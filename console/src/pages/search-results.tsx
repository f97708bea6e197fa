import { nameMakeModel } from '@muster/contract/name-make-model';
import { Link, makeStyles, Spinner, Text, Title3, tokens } from '@fluentui/react-components';
import { NotFoundError, type Customer, type Job, type Partner, type RegisteredDevice } from '@muster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { useLinkTo } from '../shell/navigation.tsx';
import { Problem } from '../shell/page.tsx';
import { useTexts } from '../texts/texts.tsx';
import { useCustomers } from './customer-picker.tsx';
import { JobBadge } from './jobs-table.tsx';

const shownMax = 20;
/** The service refuses shorter beginnings of serial numbers: they would fit too many. */
const prefixMin = 3;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '4px' },
  title: { margin: '8px 0 0' },
  hit: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Found {
  readonly devices: readonly RegisteredDevice[];
  readonly job?: Job | undefined;
}

/** Devices, a job and customers that fit what somebody typed: a serial number, a product key, an ID or a name. */
export function SearchResults({ wanted }: { readonly wanted: string }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const linkTo = useLinkTo();
  const partner = usePartner();
  const text = useDeferredValue(wanted);
  const { data: customers = [] } = useCustomers();
  const matches = customers.filter((customer) => hasText(customer, text)).slice(0, shownMax);
  const { data: found, error } = useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => search(partner, text, signal),
  });
  if (error) return <Problem error={error} />;
  if (!found) return <Spinner label={say('loading')} />;
  const { devices, job } = found;
  return (
    <div className={styles.root} role="status">
      {devices.length + matches.length === 0 && !job && <Text>{say('nothingFound')}</Text>}
      {devices.length > 0 && (
        <Title3 as="h2" className={styles.title}>
          {say('devicesTitle')}
        </Title3>
      )}
      {devices.map((device) => (
        <div key={device.deviceId} className={styles.hit}>
          <Link {...linkTo(`/devices/${device.deviceId}`)}>
            {device.serialNumber ?? device.productKey ?? device.deviceId}
          </Link>
          <Text className={styles.quiet}>{nameMakeModel(device)}</Text>
          <Text className={styles.quiet}>{`${device.customerName} · ${device.batchId}`}</Text>
          {device.removedAt !== undefined && <Text className={styles.quiet}>{say('deviceRemoved')}</Text>}
        </div>
      ))}
      {job && (
        <>
          <Title3 as="h2" className={styles.title}>
            {say('jobTitle')}
          </Title3>
          <div className={styles.hit}>
            <Link {...linkTo(`/customers/${job.customerId}/jobs/${job.trackingId}`)}>{job.trackingId}</Link>
            <JobBadge state={job.state} failed={job.devices.failed} />
          </div>
        </>
      )}
      {matches.length > 0 && (
        <Title3 as="h2" className={styles.title}>
          {say('customers')}
        </Title3>
      )}
      {matches.map(({ id, companyProfile: { companyName, domain } }) => (
        <div key={id} className={styles.hit}>
          <Link {...linkTo(`/customers/${id}`)}>{companyName}</Link>
          <Text className={styles.quiet}>{domain}</Text>
        </div>
      ))}
    </div>
  );
}

function hasText({ id, companyProfile: { companyName, domain } }: Customer, text: string): boolean {
  return [id, companyName, domain].some((value) => value.toLowerCase().includes(text.toLowerCase()));
}

/** A GUID is the ID of a device or the tracking ID of a job; anything else begins a serial number or is a product key. */
async function search(partner: Partner, text: string, signal: AbortSignal): Promise<Found> {
  const find = (by: Parameters<Partner['devices']['find']>[0]) =>
    firstOf(partner.devices.find({ ...by, includeRemoved: true }, { pageSize: shownMax, signal }));
  if (!guid.test(text)) {
    const serial = text.length < prefixMin ? { serialNumber: text } : { serialPrefix: text };
    const [bySerial, byKey] = await Promise.all([find(serial), find({ productKey: text })]);
    return { devices: [...bySerial, ...byKey] };
  }
  const [devices, job] = await Promise.all([
    find({ deviceId: text }),
    partner.jobs.get(text, { signal }).catch((error: unknown) => {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }),
  ]);
  return { devices, job };
}

async function firstOf<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) if (items.push(item) === shownMax) break;
  return items;
}
