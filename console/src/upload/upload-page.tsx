import { Button, makeStyles, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { CustomerPicker } from '../pages/customer-picker.tsx';
import { Page } from '../shell/page.tsx';
import { useTexts } from '../texts/texts.tsx';
import { BatchPicker } from './batch-picker.tsx';
import { ChooseFiles } from './choose-files.tsx';
import { ColumnPicker } from './column-picker.tsx';
import { Preview } from './preview.tsx';
import { UploadResult } from './upload-result.tsx';
import { useUpload } from './upload-provider.tsx';
import { isReady, openStops, type UploadState } from './upload-state.ts';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))', gap: '16px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '12px' },
});

/** From a file to registered devices: whom for, what, a look at it, and the outcome of each row. */
export function UploadPage(): ReactNode {
  const { say } = useTexts();
  const { state } = useUpload();
  const isRunning = state.stage === 'registering' || state.stage === 'registered';
  return (
    <Page title={say('uploadTitle')} text={isRunning ? undefined : say('uploadText')}>
      {isRunning ? <UploadResult /> : <UploadForm />}
    </Page>
  );
}

function UploadForm(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { state, change, read, register } = useUpload();
  const { stage, rows, survey, problem, files, customerId } = state;
  const take = (taken: readonly File[]) => {
    if (state.batchId === '') change({ batchId: taken[0]?.name.replace(/\.[^.]*$/, '') ?? '' });
    read(taken);
  };
  return (
    <>
      <div className={styles.fields}>
        <CustomerPicker customerId={customerId} onPick={(id) => change({ customerId: id, policyId: '' })} />
        <BatchPicker />
      </div>
      <ChooseFiles files={files} onFiles={take} />
      <ColumnPicker />
      {stage === 'reading' && <Spinner label={say('reading')} />}
      {rows.length > 0 && <Preview />}
      {problem !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{say('uploadBroke', { problem })}</MessageBarBody>
        </MessageBar>
      )}
      {survey && (
        <div className={styles.actions}>
          <Button appearance="primary" size="large" disabled={!isReady(state)} onClick={register}>
            {say('registerDevices', { count: survey.devices })}
          </Button>
          <span role="status">{missingText(state, say)}</span>
        </div>
      )}
    </>
  );
}

function missingText(state: UploadState, say: ReturnType<typeof useTexts>['say']): string {
  const { survey, customerId, batchId } = state;
  if (!survey || survey.refused > 0) return '';
  if (customerId === '') return say('missingCustomer');
  if (batchId.trim() === '') return say('missingBatch');
  if (openStops(state).length > 0) return say('missingDecision');
  return survey.errors > 0 ? say('someWillFail', { count: survey.errors }) : '';
}
