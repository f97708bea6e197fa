import type { Word } from '@muster/device-files/file-error';
import type { Language } from '../command.ts';
import type { Column } from '../terminal/render-table.ts';
import { describeRemedy, isFailed, nameOutcome, type Outcome } from './describe-outcome.ts';

/** A device and its outcome. */
export interface OutcomeRow extends Outcome {
  /** Its place in the upload, from 1. */
  readonly row: number;
  /** Its place in the input, such as `devices.csv:7`. Absent if only the job is known. */
  readonly place?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly makeModel?: string | undefined;
  readonly deviceId?: string | undefined;
  /** What the row lacks to identify its device. */
  readonly missing?: readonly Word[] | undefined;
}

/** The columns of a table of devices. Without a terminal all of them are printed, in this order. */
export function outcomeColumns(language: Language): Column<OutcomeRow>[] {
  const { say } = language;
  return [
    { title: say('columnRow'), text: ({ row }) => String(row) },
    { title: say('columnLine'), text: ({ place = '' }) => place },
    {
      title: say('columnSerialNumber'),
      text: ({ serialNumber, productKey }) => serialNumber ?? productKey ?? '',
    },
    { title: say('columnMakeModel'), text: ({ makeModel = '' }) => makeModel, widthMin: 12 },
    {
      title: say('columnOutcome'),
      text: (row) => nameOutcome(row, language),
      style: (row) => (isFailed(row) ? 'red' : row.status === 'finished' ? 'green' : undefined),
    },
    { title: say('columnCode'), text: ({ errorCode = '' }) => errorCode },
    {
      title: say('columnWhatToDo'),
      text: (row) => describeRemedy(row, language, row.missing),
      isWrapped: true,
    },
  ];
}
