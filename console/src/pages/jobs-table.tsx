import { Badge, Link } from '@fluentui/react-components';
import type { Job, JobState } from '@muster/sdk';
import { useMemo, type ReactNode } from 'react';
import { useLinkTo } from '../shell/navigation.tsx';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';

/** Jobs, each a link to its page. */
export function JobsTable(props: { readonly rows: readonly Job[]; readonly onEnd?: () => void }): ReactNode {
  const { say, number, time } = useTexts();
  const linkTo = useLinkTo();
  const columns = useMemo<readonly TableColumn<Job>[]>(
    () => [
      {
        title: say('jobTitle'),
        width: 'minmax(0, 1.6fr)',
        render: (job) => (
          <Link {...linkTo(`/customers/${job.customerId}/jobs/${job.trackingId}`)}>
            {job.batchId ?? say(`jobKind_${job.kind}`)}
          </Link>
        ),
      },
      { title: say('customer'), width: 'minmax(0, 1.2fr)', render: ({ customerName }) => customerName },
      {
        title: say('state'),
        width: '170px',
        render: ({ state, devices }) => <JobBadge state={state} failed={devices.failed} />,
      },
      { title: say('devicesTitle'), width: '90px', render: ({ devices }) => number(devices.total) },
      { title: say('started'), width: '190px', render: ({ createdAt }) => time(createdAt) },
      { title: say('createdBy'), width: 'minmax(0, 1.2fr)', render: ({ createdBy }) => createdBy },
    ],
    [say, number, time, linkTo],
  );
  return (
    <VirtualTable
      {...props}
      label={say('jobs')}
      columns={columns}
      keyOf={({ trackingId }) => trackingId}
      minWidth={900}
    />
  );
}

/** How far a job is, and how many of its devices failed. */
export function JobBadge(props: { readonly state: JobState; readonly failed: number }): ReactNode {
  const { say } = useTexts();
  const { state, failed } = props;
  const [text, color] = badges[state === 'finished' && failed > 0 ? 'finished_failed' : state];
  return (
    <Badge size="large" appearance="tint" color={color}>
      {say(text, { count: failed })}
    </Badge>
  );
}

const badges = {
  queued: ['jobQueued', 'informative'],
  processing: ['jobProcessing', 'brand'],
  finished: ['jobFinished', 'success'],
  finished_failed: ['jobFinishedFailed', 'warning'],
  finished_with_errors: ['jobBroken', 'danger'],
} as const;
