import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Option,
  Dropdown,
  ProgressBar,
  SearchBox,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import type { BatchUploadDetails, DeviceUploadDetails } from '@muster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { useNavigation } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';
import { FailuresTable, type FailureRow } from './failures-table.tsx';
import { JobBadge } from './jobs-table.tsx';

const useStyles = makeStyles({
  facts: { display: 'flex', flexWrap: 'wrap', gap: '8px 32px' },
  fact: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  find: { width: '320px', maxWidth: '100%' },
  json: {
    maxHeight: '60vh',
    overflow: 'auto',
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
});

/** What became of the devices of one job: the counts move while it runs, and those that failed come first. */
export function JobPage(props: { readonly customerId: string; readonly trackingId: string }): ReactNode {
  const { say } = useTexts();
  const { customerId, trackingId } = props;
  const partner = usePartner();
  const { data: job, error } = useQuery({
    queryKey: ['job', customerId, trackingId],
    queryFn: ({ signal }) =>
      partner.customers.byId(customerId).batchUploadStatus.byId(trackingId).get({ signal }),
    // Each look comes a little later than the one before, and none after the end.
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && isEnded(data) ? false : Math.min(10_000, 1_000 * 1.3 ** dataUpdateCount),
  });
  return (
    <Page
      title={say('jobTitle')}
      text={trackingId}
      actions={
        <>
          <Button icon={<CopyRegular />} onClick={() => void navigator.clipboard.writeText(trackingId)}>
            {say('copyTrackingId')}
          </Button>
          {job && <RawAnswer job={job} />}
        </>
      }
    >
      {error && <Problem error={error} />}
      {!job && !error && <Spinner label={say('loading')} />}
      {job && (
        <>
          <Counts job={job} />
          <Devices job={job} />
        </>
      )}
    </Page>
  );
}

function isEnded({ status }: BatchUploadDetails): boolean {
  return status === 'finished' || status === 'finished_with_errors';
}

function Counts({ job }: { readonly job: BatchUploadDetails }): ReactNode {
  const styles = useStyles();
  const { say, number, time } = useTexts();
  const { devicesStatus } = job;
  const failed = devicesStatus.filter(({ status }) => status === 'finished_with_errors').length;
  const succeeded = devicesStatus.filter(({ status }) => status === 'finished').length;
  const total = devicesStatus.length;
  const facts: [string, ReactNode][] = [
    [say('succeeded'), number(succeeded)],
    [say('failedTitle'), number(failed)],
    [say('total'), number(total)],
    [say('started'), time(job.startedTime)],
    [say('completed'), time(job.completedTime)],
  ];
  return (
    <>
      <div role="status">
        <JobBadge state={job.status === 'unknown' ? 'queued' : job.status} failed={failed} />
      </div>
      {!isEnded(job) && (
        <ProgressBar
          value={total === 0 ? 0 : (succeeded + failed) / total}
          thickness="large"
          aria-label={say('progress')}
        />
      )}
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name} className={styles.fact}>
              <dt className={styles.quiet}>{name}</dt>
              <dd style={{ margin: 0 }}>
                <Text size={400} weight="semibold">
                  {value}
                </Text>
              </dd>
            </div>
          ))}
      </dl>
    </>
  );
}

const filters = ['all', 'failed', 'succeeded'] as const;

/** The devices: those that failed first. What is looked for stands in the address, so that it can be shared. */
function Devices({ job }: { readonly job: BatchUploadDetails }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { path, query, replace } = useNavigation();
  const wanted = query.get('find') ?? '';
  const show = filters.find((one) => one === query.get('show')) ?? 'all';
  const setQuery = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value === '' || value === 'all') next.delete(name);
    else next.set(name, value);
    replace(next.size > 0 ? `${path}?${next.toString()}` : path);
  };
  const { failed, others } = useMemo(() => split(job.devicesStatus, wanted), [job, wanted]);
  const columns = useMemo<readonly TableColumn<Numbered>[]>(
    () => [
      {
        title: say('device'),
        width: 'minmax(0, 1fr)',
        render: ({ serialNumber, productKey }) => serialNumber ?? productKey ?? '—',
      },
      { title: say('state'), width: '140px', render: ({ status }) => say(stateText(status)) },
      { title: say('deviceId'), width: 'minmax(0, 1.5fr)', render: ({ deviceId }) => deviceId ?? '' },
    ],
    [say],
  );
  return (
    <>
      <div className={styles.tools}>
        <SearchBox
          className={styles.find}
          aria-label={say('findDevice')}
          placeholder={say('findDevice')}
          value={wanted}
          onChange={(_, { value }) => setQuery('find', value)}
        />
        <Dropdown
          aria-label={say('show')}
          value={say(`show_${show}`)}
          selectedOptions={[show]}
          onOptionSelect={(_, { optionValue }) => setQuery('show', optionValue ?? '')}
        >
          {filters.map((one) => (
            <Option key={one} value={one}>
              {say(`show_${one}`)}
            </Option>
          ))}
        </Dropdown>
      </div>
      {show !== 'succeeded' && failed.length > 0 && <FailuresTable rows={failed} />}
      {show === 'failed' && failed.length === 0 && <Text className={styles.quiet}>{say('noneFailed')}</Text>}
      {show !== 'failed' && others.length > 0 && (
        <VirtualTable label={say('otherDevices')} columns={columns} rows={others} keyOf={({ key }) => key} />
      )}
    </>
  );
}

type Numbered = DeviceUploadDetails & FailureRow;

function split(devices: readonly DeviceUploadDetails[], wanted: string) {
  const part = wanted.trim().toLowerCase();
  const rows = devices
    .map((device, key) => ({ ...device, key }))
    .filter(({ serialNumber = '', productKey = '', errorDescription = '' }) =>
      [serialNumber, productKey, errorDescription].some((text) => text.toLowerCase().includes(part)),
    );
  return {
    failed: rows.filter(({ status }) => status === 'finished_with_errors'),
    others: rows.filter(({ status }) => status !== 'finished_with_errors'),
  };
}

function stateText(status: string): 'stateFinished' | 'stateProcessing' | 'stateQueued' {
  if (status === 'finished') return 'stateFinished';
  return status === 'processing' ? 'stateProcessing' : 'stateQueued';
}

function RawAnswer({ job }: { readonly job: BatchUploadDetails }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button icon={<CodeRegular />}>{say('rawAnswer')}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('rawAnswer')}</DialogTitle>
          <DialogContent>
            <pre className={styles.json} tabIndex={0}>
              {isOpen ? JSON.stringify(job, null, 2) : ''}
            </pre>
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{say('close')}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
