import { Dropdown, Option, Spinner } from '@fluentui/react-components';
import { useCallback, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { useLongList } from '../shell/use-long-list.ts';
import { useTexts } from '../texts/texts.tsx';
import { JobsTable } from './jobs-table.tsx';

/** What the list is narrowed to, as the API wants it. */
const filters = {
  all: {},
  failures: { hasFailures: true },
  running: { state: 'processing' },
  queued: { state: 'queued' },
} as const;
type Filter = keyof typeof filters;

/** All jobs, the newest first. The filter is part of the address, so that it can be shared. */
export function JobsPage(): ReactNode {
  const { say } = useTexts();
  const { query, replace } = useNavigation();
  const partner = usePartner();
  const asked = query.get('show') ?? '';
  const show: Filter = Object.hasOwn(filters, asked) ? (asked as Filter) : 'all';
  const jobs = useLongList(useCallback(() => partner.jobs.list(filters[show]), [partner, show]));
  return (
    <Page
      title={say('jobs')}
      text={say('jobsText')}
      actions={
        <Dropdown
          aria-label={say('show')}
          value={say(`jobs_${show}`)}
          selectedOptions={[show]}
          onOptionSelect={(_, { optionValue = 'all' }) => replace(`/jobs?show=${optionValue}`)}
        >
          {Object.keys(filters).map((one) => (
            <Option key={one} value={one}>
              {say(`jobs_${one as Filter}`)}
            </Option>
          ))}
        </Dropdown>
      }
    >
      {jobs.error !== undefined && <Problem error={jobs.error} />}
      {jobs.rows.length === 0 && jobs.isLoading && <Spinner label={say('loading')} />}
      {jobs.rows.length === 0 && jobs.isWhole && (
        <EmptyState title={say('noJobs')} text={say(show === 'all' ? 'noJobsText' : 'noJobsShown')} />
      )}
      {jobs.rows.length > 0 && (
        <JobsTable rows={jobs.rows} {...(!jobs.isWhole && !jobs.isLoading && { onEnd: jobs.more })} />
      )}
    </Page>
  );
}
