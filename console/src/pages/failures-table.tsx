import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { explainDeviceFailure, type FailedDevice } from '@muster/sdk';
import { useMemo, type ReactNode } from 'react';
import { VirtualTable, type TableColumn } from '../shell/virtual-table.tsx';
import { useTexts } from '../texts/texts.tsx';

/** A device that failed, as a file or a job tells of it. */
export interface FailureRow extends FailedDevice {
  readonly key: string | number;
  readonly line?: number;
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
}

const useStyles = makeStyles({
  name: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Failed devices: the code and its name, what it means and what to do. */
export function FailuresTable(props: {
  readonly rows: readonly FailureRow[];
  readonly hasLines?: boolean;
}): ReactNode {
  const styles = useStyles();
  const { say, locale, number } = useTexts();
  const { rows, hasLines = false } = props;
  const columns = useMemo<readonly TableColumn<FailureRow>[]>(
    () => [
      ...(hasLines
        ? [{ title: say('line'), width: '60px', render: ({ line = 0 }: FailureRow) => number(line) }]
        : []),
      {
        title: say('device'),
        width: 'minmax(0, 1fr)',
        render: ({ serialNumber, productKey }) => serialNumber || productKey || '—',
      },
      {
        title: say('failure'),
        width: 'minmax(220px, 1.2fr)',
        render: (row) => (
          <span className={styles.name}>
            <Text>{row.errorDescription ?? row.status}</Text>
            {row.errorCode !== undefined && (
              <Text size={200} className={styles.quiet}>
                {say('code', { code: row.errorCode })}
              </Text>
            )}
          </span>
        ),
      },
      {
        title: say('meaning'),
        width: 'minmax(0, 2fr)',
        render: (row) => explainDeviceFailure(row, locale)?.meaning ?? '',
      },
      {
        title: say('remedy'),
        width: 'minmax(0, 2fr)',
        render: (row) => explainDeviceFailure(row, locale)?.remedy ?? '',
      },
    ],
    [say, number, locale, styles, hasLines],
  );
  return (
    <VirtualTable
      label={say('failedDevices')}
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      minWidth={900}
    />
  );
}
