import { Button, Link, makeStyles, SearchBox, Spinner, Title3 } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import type { Job } from '@muster/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { usePartner } from '../session/partner.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { useLinkTo, useNavigation } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { useTexts } from '../texts/texts.tsx';
import { JobsTable } from './jobs-table.tsx';
import { SearchResults } from './search-results.tsx';

const useStyles = makeStyles({
  search: { maxWidth: '640px', width: '100%' },
  head: { display: 'flex', alignItems: 'baseline', gap: '16px' },
  title: { margin: 0 },
});

const recentMax = 10;
const lookAgainMs = 5_000;

/** Where everybody starts: find a device, upload, or see what was uploaded lately. */
export function HomePage(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { go } = useNavigation();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim();
  return (
    <Page
      title={say('homeTitle')}
      text={say('homeText')}
      actions={
        <Button appearance="primary" icon={<ArrowUploadRegular />} onClick={() => go('/upload')}>
          {say('uploadTitle')}
        </Button>
      }
    >
      <SearchBox
        className={styles.search}
        size="large"
        aria-label={say('search')}
        placeholder={say('searchAll')}
        maxLength={200}
        value={typed}
        onChange={(_, { value }) => setTyped(value)}
      />
      {wanted === '' ? <RecentJobs /> : <SearchResults wanted={wanted} />}
    </Page>
  );
}

/** The latest jobs; looked at again while one of them runs. */
function RecentJobs(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const linkTo = useLinkTo();
  const partner = usePartner();
  const { data: jobs, error } = useQuery({
    queryKey: ['recent jobs'],
    queryFn: async ({ signal }) => {
      for await (const page of partner.jobs.list({ pageSize: recentMax, signal }).byPage()) return page.items;
      return [];
    },
    refetchInterval: ({ state: { data = [] } }) => (data.some(isUnfinished) ? lookAgainMs : false),
  });
  if (error) return <Problem error={error} />;
  if (!jobs) return <Spinner label={say('loading')} />;
  if (jobs.length === 0) return <EmptyState title={say('noJobs')} text={say('noJobsText')} />;
  return (
    <>
      <div className={styles.head}>
        <Title3 as="h2" className={styles.title}>
          {say('recentJobs')}
        </Title3>
        <Link {...linkTo('/jobs')}>{say('jobs_all')}</Link>
        <Link {...linkTo('/jobs?show=failures')}>{say('jobs_failures')}</Link>
      </div>
      <JobsTable rows={jobs} />
    </>
  );
}

function isUnfinished({ state }: Job): boolean {
  return state === 'queued' || state === 'processing';
}
