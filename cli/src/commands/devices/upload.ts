import { stopNames } from '@muster/device-files/check-row';
import type { DeviceMember } from '@muster/device-files/device-row';
import { foldName, type GivenColumns } from '@muster/device-files/recognise-column';
import { usageError } from '../../cli-error.ts';
import { defineCommand } from '../../command.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { progressOption } from '../../terminal/progress.ts';
import { uploadFiles } from '../../upload/upload-files.ts';

const stopChoices = Object.values(stopNames).join(', ');

export const uploadCommand = defineCommand({
  usage: 'FILE... (--batch NAME | --check)',
  argumentCount: [1, Infinity],
  isConnected: true,
  example: `muster devices upload devices.csv --batch "Contoso May"
muster devices upload "exports/*.csv" --batch May --report failed.csv
Get-WindowsAutopilotInfo | muster devices upload - --batch May
muster devices upload devices.csv --check
muster devices upload devices.csv --batch May --dry-run
muster devices upload assets.csv --batch May --columns serial=Asset,manufacturer=Vendor,model=Type`,
  json: {
    'en-US': `One line per device: {"row","file","line","deviceId","serialNumber","productKey","status","errorCode",
"errorDescription","remedy","trackingId","isResent"}; then {"summary":{"devices","succeeded","failed","uncertain",
"byOutcome"},"trackingIds":[...]}; with --no-wait only {"trackingIds":[...]}. With --dry-run, no device IDs or tracking IDs, and at the end
{"summary":{...},"dryRun":true}. With --check, one line per
problem: {"file","line","severity","problem","message"};
then {"summary":{"devices","errors","warnings"}}.`,
    'zh-TW': `每部裝置一行：{"row","file","line","deviceId","serialNumber","productKey","status","errorCode",
"errorDescription","remedy","trackingId","isResent"}；最後為 {"summary":{"devices","succeeded","failed","uncertain",
"byOutcome"},"trackingIds":[...]}；使用 --no-wait 時只有 {"trackingIds":[...]}。使用 --dry-run 時沒有裝置識別碼與追蹤識別碼，
最後為 {"summary":{...},"dryRun":true}。使用 --check 時每個問題一行：{"file","line","severity","problem","message"}；
最後為 {"summary":{"devices","errors","warnings"}}。`,
  },
  options: {
    ...batchOption,
    ...customerOption,
    check: {
      type: 'boolean',
      description: {
        'en-US': 'Check the files and report problems by line, without uploading',
        'zh-TW': '檢查檔案並逐行回報問題，不上傳',
      },
    },
    'dry-run': {
      type: 'boolean',
      description: {
        'en-US': 'Ask the service what the upload would do, and report it like an upload; nothing is stored',
        'zh-TW': '向服務查詢上傳的結果，並以與上傳相同的方式回報；不會儲存任何資料',
      },
    },
    columns: {
      type: 'string',
      multiple: true,
      value: 'LIST',
      description: {
        'en-US':
          'What columns hold, for example serial=Asset,model=Type. The values are serial, key, hash, manufacturer and model',
        'zh-TW':
          '各欄位的內容，例如 serial=Asset,model=Type。可用的值為 serial、key、hash、manufacturer 與 model',
      },
    },
    allow: {
      type: 'string',
      multiple: true,
      value: 'WARNING',
      choices: Object.values(stopNames),
      description: {
        'en-US': `Upload although rows may be wrong: ${stopChoices}. Can be repeated`,
        'zh-TW': `即使資料列可能有誤仍上傳：${Object.values(stopNames).join('、')}。可重複指定`,
      },
    },
    'trust-hash': {
      type: 'boolean',
      description: {
        'en-US': 'Where a column differs from the hardware hash, use the value in the hash',
        'zh-TW': '欄位與硬體雜湊不一致時，使用雜湊中的值',
      },
    },
    report: {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US':
          'Write failed rows that can be corrected to a CSV (or .ndjson) file that can be uploaded again',
        'zh-TW': '將可修正的失敗資料列寫入可再次上傳的 CSV（或 .ndjson）',
      },
    },
    'tracking-ids': {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US': 'Write all batch tracking IDs to a file, one per line',
        'zh-TW': '將所有批次追蹤識別碼寫入檔案，每行一個',
      },
    },
    policy: {
      type: 'string',
      value: 'ID',
      description: {
        'en-US': 'Assign this configuration policy to the devices',
        'zh-TW': '將此設定原則指派給裝置',
      },
    },
    wait: {
      type: 'boolean',
      description: {
        'en-US': 'Wait until every device has a result (default)',
        'zh-TW': '等到每部裝置都有結果（預設）',
      },
    },
    'no-wait': {
      type: 'boolean',
      description: {
        'en-US':
          'Exit when all devices are accepted, and print the commands that show the status and the results',
        'zh-TW': '全部受理後即結束，並輸出可查看狀態與結果的命令',
      },
    },
    timeout: {
      type: 'string',
      value: 'TIME',
      description: {
        'en-US': 'Maximum time to wait, such as 10m. Exit code 8 when it expires',
        'zh-TW': '等待時間上限，例如 10m。逾時的結束代碼為 8',
      },
    },
    rows: {
      type: 'string',
      value: 'WHICH',
      choices: ['all', 'failed', 'none'],
      description: {
        'en-US':
          'Devices to show: all, failed or none (default: all on a terminal for up to 50 devices, otherwise failed)',
        'zh-TW': '要顯示的裝置：all、failed 或 none（預設：在終端機上且不超過 50 部時為 all，否則為 failed）',
      },
    },
    journal: {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US': 'File that records the progress of the upload (default: in the state directory)',
        'zh-TW': '記錄上傳進度的檔案（預設：在狀態目錄中）',
      },
    },
    ...progressOption,
  },
  async run(invocation, io) {
    const { values } = invocation;
    const input = {
      columns: values.columns && parseColumns(values.columns),
      allowed: values.allow,
      isHashTrusted: values['trust-hash'],
    };
    if (values.check) {
      const { checkFiles } = await import('../../upload/check-files.ts');
      return checkFiles({ ...invocation, input }, io);
    }
    const batchId = values.batch;
    if (batchId === undefined) throw usageError('missingOption', { option: '--batch' });
    if (values.wait && values['no-wait'])
      throw usageError('optionsExclude', { options: '--wait, --no-wait' });
    for (const option of ['no-wait', 'tracking-ids', 'journal'] as const)
      if (values['dry-run'] && values[option])
        throw usageError('optionsExclude', { options: `--dry-run, --${option}` });
    return (await uploadFiles({ ...invocation, input, batchId }, io)).exitCode;
  },
});

const memberNames: Readonly<Record<string, DeviceMember>> = {
  serial: 'serialNumber',
  key: 'productKey',
  hash: 'hardwareHash',
  manufacturer: 'oemManufacturerName',
  model: 'modelName',
};

/** Reads `serial=Asset,model=Type`. The name of a column may hold commas that no further name follows. */
function parseColumns(given: readonly string[]): GivenColumns {
  const columns = new Map<string, DeviceMember>();
  for (const part of given.flatMap((list) => list.split(/,(?=[^,=]*=)/))) {
    const [, name = '', column = ''] = /^\s*(\w+)\s*=(.*)$/s.exec(part) ?? [];
    const member = Object.hasOwn(memberNames, name) ? memberNames[name] : undefined;
    const isRepeated =
      columns.has(foldName(column)) || [...columns.values()].some((known) => known === member);
    if (member === undefined || foldName(column) === '' || isRepeated)
      throw usageError('badColumns', { value: part, names: Object.keys(memberNames).join(', ') });
    columns.set(foldName(column), member);
  }
  return columns;
}
