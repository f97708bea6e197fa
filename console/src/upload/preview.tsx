import {
  Badge,
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Switch,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMemo, useState, type ReactNode } from 'react';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts, type TextKey } from '../texts/texts.tsx';
import type { PreviewRow } from '../worker/messages.ts';
import { useUpload } from './upload-provider.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '12px' },
  summary: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  checks: { display: 'flex', flexDirection: 'column', marginTop: '4px' },
  finding: { display: 'block', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  error: { color: tokens.colorPaletteRedForeground1 },
});

/** What was read, row by row, with what would go wrong: before anything is sent. */
export function Preview(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { state } = useUpload();
  const [isFiltered, setFiltered] = useState(false);
  const columns = useColumns(new Set(state.rows.map(({ file }) => file)).size > 1);
  const { survey } = state;
  const rows = useMemo(
    () => (isFiltered ? state.rows.filter(({ findings }) => findings.length > 0) : state.rows),
    [state.rows, isFiltered],
  );
  const found = (survey?.errors ?? 0) + (survey?.warnings ?? 0);
  return (
    <section className={styles.root} aria-label={say('preview')}>
      <div className={styles.summary} role="status">
        <Text weight="semibold">{say('devicesRead', { count: state.rows.length })}</Text>
        {survey && survey.errors > 0 && (
          <Badge color="danger" appearance="tint">
            {say('rowsFail', { count: survey.errors })}
          </Badge>
        )}
        {survey && survey.warnings > 0 && (
          <Badge color="warning" appearance="tint">
            {say('rowsWarn', { count: survey.warnings })}
          </Badge>
        )}
        {survey && found === 0 && (
          <Badge color="success" appearance="tint">
            {say('rowsFine')}
          </Badge>
        )}
        {found > 0 && (
          <Switch
            label={say('onlyFindings')}
            checked={isFiltered}
            onChange={(_, { checked }) => setFiltered(checked)}
          />
        )}
      </div>
      <Stops />
      <VirtualTable
        label={say('preview')}
        columns={columns}
        rows={rows}
        keyOf={({ index }) => index}
        minWidth={860}
      />
    </section>
  );
}

function useColumns(hasSeveralFiles: boolean): readonly TableColumn<PreviewRow>[] {
  const styles = useStyles();
  const { say, sayFound, number } = useTexts();
  return useMemo(
    () => [
      {
        title: say('line'),
        width: hasSeveralFiles ? '140px' : '60px',
        render: ({ file, line }) => (hasSeveralFiles ? `${file}: ${line}` : number(line)),
      },
      { title: say('serialNumber'), width: 'minmax(0, 1fr)', render: ({ serialNumber }) => serialNumber },
      {
        title: say('makeAndModel'),
        width: 'minmax(0, 1.2fr)',
        render: ({ manufacturer, model }) => [manufacturer, model].filter(Boolean).join(' '),
      },
      {
        title: say('identifiedBy'),
        width: '130px',
        render: ({ hasHash, productKey }) =>
          say(hasHash ? 'byHash' : productKey === '' ? 'byNames' : 'byProductKey'),
      },
      {
        title: say('findings'),
        width: 'minmax(0, 2.5fr)',
        render: ({ findings }) =>
          findings.map(({ key, severity, values }) => (
            <span key={key} className={severity === 'error' ? styles.error : styles.finding}>
              {sayFound(key, values)}{' '}
            </span>
          )),
      },
    ],
    [say, sayFound, number, styles, hasSeveralFiles],
  );
}

/** What stops the upload until it is corrected in the file or let pass here. */
function Stops(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { state, change, read } = useUpload();
  const { survey, allowed, isHashTrusted } = state;
  if (!survey) return null;
  if (survey.refused > 0)
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>{say('rowsRefused', { count: survey.refused })}</MessageBarBody>
      </MessageBar>
    );
  if (survey.stops.length === 0 && !isHashTrusted) return null;
  const allow = (name: string, isAllowed: boolean) => {
    const names = new Set(allowed);
    if (isAllowed) names.add(name);
    else names.delete(name);
    change({ allowed: names });
  };
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {say('stopsWhy')}
        <div className={styles.checks}>
          {(isHashTrusted || survey.stops.some(([name]) => name === 'differs')) && (
            <Checkbox
              label={say('trustHash')}
              checked={isHashTrusted}
              onChange={(_, { checked }) => read(state.files, { isHashTrusted: checked === true })}
            />
          )}
          {survey.stops.map(([name, count]) => (
            <Checkbox
              key={name}
              label={say(`stop_${name}` as TextKey, { count })}
              checked={allowed.has(name)}
              onChange={(_, { checked }) => allow(name, checked === true)}
            />
          ))}
        </div>
      </MessageBarBody>
    </MessageBar>
  );
}
