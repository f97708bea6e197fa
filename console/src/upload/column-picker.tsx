import { Dropdown, Field, makeStyles, MessageBar, MessageBarBody, Option } from '@fluentui/react-components';
import type { DeviceMember } from '@muster/device-files/device-row';
import { foldName, recogniseColumn } from '@muster/device-files/recognise-column';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.tsx';
import { useUpload } from './upload-provider.tsx';

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', gap: '16px', marginTop: '12px' },
  field: { width: '220px' },
});

const members: readonly (readonly [DeviceMember, string])[] = [
  ['serialNumber', 'memberSerialNumber'],
  ['productKey', 'memberProductKey'],
  ['hardwareHash', 'memberHardwareHash'],
  ['oemManufacturerName', 'memberManufacturer'],
  ['modelName', 'memberModel'],
];

/** Says what columns hold whose names no table knows. The choice is remembered for the next file. */
export function ColumnPicker(): ReactNode {
  const styles = useStyles();
  const { say, sayFound } = useTexts();
  const { state, read } = useUpload();
  const unknown = unknownColumns(state);
  const { unreadable } = state;
  if (unknown.length === 0 && !unreadable) return null;
  const pick = (column: string, member: DeviceMember | undefined) => {
    const columns = new Map(state.columns);
    columns.delete(foldName(column));
    if (member) columns.set(foldName(column), member);
    read(state.files, { columns });
  };
  return (
    <MessageBar intent={unreadable ? 'error' : 'info'} layout="multiline">
      <MessageBarBody>
        {unreadable ? sayProblem(unreadable, { say, sayFound }) : say('unknownColumns')}
        {unknown.length > 0 && (
          <div className={styles.fields}>
            {unknown.map((column) => {
              const member = state.columns.get(foldName(column));
              const text = members.find(([one]) => one === member)?.[1];
              return (
                <Field key={column} label={column} className={styles.field}>
                  <Dropdown
                    value={text === undefined ? say('columnUnused') : sayFound(text, {})}
                    selectedOptions={[member ?? '']}
                    onOptionSelect={(_, { optionValue }) =>
                      pick(column, members.find(([one]) => one === optionValue)?.[0])
                    }
                  >
                    <Option value="">{say('columnUnused')}</Option>
                    {members.map(([one, name]) => (
                      <Option key={one} value={one}>
                        {sayFound(name, {})}
                      </Option>
                    ))}
                  </Dropdown>
                </Field>
              );
            })}
          </div>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

type State = ReturnType<typeof useUpload>['state'];

function unknownColumns({ survey, unreadable, columns }: State): string[] {
  const ignored = survey?.notices.flatMap((notice) =>
    notice.kind === 'columnsIgnored' ? notice.columns : [],
  );
  const header = unreadable?.header ?? [];
  const named = [...(ignored ?? []), ...header].filter((column) => recogniseColumn(column) === undefined);
  // A column that was picked is not ignored any more, and can be picked again.
  const picked = [...columns.keys()].filter((name) => survey && !named.some((one) => foldName(one) === name));
  return [...new Set([...named, ...picked])];
}

type Say = Pick<ReturnType<typeof useTexts>, 'say' | 'sayFound'>;

/** These say how to go on at a command line; here there is a list to pick from. */
const withPicks = {
  unknownHeader: 'headerUnknown',
  unidentifiableHeader: 'headerUnidentifiable',
  repeatedColumn: 'headerRepeated',
  columnNotFound: 'headerColumnNotFound',
} as const;

function sayProblem({ key, values }: NonNullable<State['unreadable']>, { say, sayFound }: Say): string {
  return Object.hasOwn(withPicks, key)
    ? say(withPicks[key as keyof typeof withPicks], values)
    : sayFound(key, values);
}
