import { Button, Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { useState, type ReactNode } from 'react';
import { FailuresTable } from '../pages/failures-table.tsx';
import { useLinkTo } from '../shell/navigation.tsx';
import { useTexts } from '../texts/texts.tsx';
import { saveFile } from './save-file.ts';
import { useUpload } from './upload-provider.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  jobs: { display: 'flex', flexDirection: 'column', gap: '4px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One progress over all parts of the upload, then what became of it. */
export function UploadResult(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { state, stop, startAnew } = useUpload();
  const { stage, survey, progress, totals, failed } = state;
  const total = survey?.devices ?? 0;
  const isDone = stage === 'registered';
  const failedCount = totals?.failed ?? Math.max(progress?.devicesFailed ?? 0, failed.length);
  const finished = isDone ? total : Math.min(total, progress?.devicesFinished ?? 0);
  return (
    <div className={styles.root}>
      <div role="status">
        <Text size={500} weight="semibold">
          {isDone
            ? say(failedCount === 0 ? 'allRegistered' : 'someRegistered', {
                succeeded: total - failedCount,
                failed: failedCount,
              })
            : say('registeringNow', { finished, total })}
        </Text>
      </div>
      <ProgressBar
        value={total === 0 ? 0 : finished / total}
        color={isDone && failedCount > 0 ? 'warning' : isDone ? 'success' : 'brand'}
        thickness="large"
        aria-label={say('progress')}
      />
      {!isDone && (
        <Text className={styles.quiet}>
          {say('registeringHint', { accepted: progress?.devicesAccepted ?? 0, failed: failedCount })}
        </Text>
      )}
      <div className={styles.actions}>
        {isDone ? (
          <Button appearance={failedCount > 0 ? 'secondary' : 'primary'} onClick={startAnew}>
            {say('uploadMore')}
          </Button>
        ) : (
          <Button onClick={stop}>{say('stopSending')}</Button>
        )}
        {isDone && failedCount > 0 && <DownloadFailed />}
      </div>
      {failed.length > 0 && (
        <FailuresTable
          rows={failed.map(({ row, outcome }) => ({ ...outcome, ...row, key: row.index }))}
          hasLines
        />
      )}
      <Jobs />
    </div>
  );
}

function DownloadFailed(): ReactNode {
  const { say } = useTexts();
  const { report } = useUpload();
  const [note, setNote] = useState('');
  const download = async () => {
    const { csv, rows } = await report();
    if (rows > 0) saveFile('failed.csv', csv);
    setNote(say(rows > 0 ? 'reportHas' : 'reportEmpty', { count: rows }));
  };
  return (
    <>
      <Button appearance="primary" icon={<ArrowDownloadRegular />} onClick={() => void download()}>
        {say('downloadFailed')}
      </Button>
      <span role="status">{note}</span>
    </>
  );
}

/** The jobs that the service made of the upload, each a page that can be shared. */
function Jobs(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const linkTo = useLinkTo();
  const { customerId, parts } = useUpload().state;
  if (parts.length === 0) return null;
  return (
    <div className={styles.jobs}>
      <Text weight="semibold">{say('jobsOfUpload', { count: parts.length })}</Text>
      {parts.slice(0, 50).map(({ trackingId, count }) => (
        <span key={trackingId}>
          <Link {...linkTo(`/customers/${customerId}/jobs/${trackingId}`)}>{trackingId}</Link>{' '}
          <Text className={styles.quiet}>{say('devices', { count })}</Text>
        </span>
      ))}
    </div>
  );
}
