import { usageError } from '../../cli-error.ts';
import { defineCommand } from '../../command.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { progressOption } from '../../terminal/progress.ts';
import { uploadFiles } from '../../upload/upload-files.ts';

export const uploadCommand = defineCommand({
  usage: 'FILE...',
  argumentCount: [1, Infinity],
  isConnected: true,
  example: `muster devices upload devices.csv --batch "Contoso May"
muster devices upload "exports/*.csv" --batch May --report failed.csv
Get-WindowsAutopilotInfo | muster devices upload - --batch May
muster devices upload devices.csv --check`,
  json: {
    'en-US': `One line per device: {"row","file","line","deviceId","serialNumber","productKey","status","errorCode",
"errorDescription","remedy","trackingId","isResent"}; then {"summary":{"devices","succeeded","failed","uncertain",
"byOutcome"},"trackingIds":[...]}. With --check, one line per problem: {"file","line","severity","problem","message"};
then {"summary":{"devices","errors","warnings"}}.`,
    'zh-TW': `每部裝置一行：{"row","file","line","deviceId","serialNumber","productKey","status","errorCode",
"errorDescription","remedy","trackingId","isResent"}；最後為 {"summary":{"devices","succeeded","failed","uncertain",
"byOutcome"},"trackingIds":[...]}。使用 --check 時每個問題一行：{"file","line","severity","problem","message"}；
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
    report: {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US': 'Write failed rows to a CSV (or .ndjson) file that can be uploaded again',
        'zh-TW': '將失敗的列寫入可再次上傳的 CSV（或 .ndjson）',
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
        'en-US': 'Exit when all devices are accepted. Run the same command later to see the results',
        'zh-TW': '全部受理後即結束；之後可執行相同的命令查看結果',
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
    const { values, arguments: files } = invocation;
    if (values.check) {
      const { checkFiles } = await import('../../check/check-files.ts');
      return checkFiles(files, invocation, io);
    }
    const batchId = values.batch;
    if (batchId === undefined) throw usageError('missingOption', { option: '--batch' });
    if (values.wait && values['no-wait'])
      throw usageError('optionsExclude', { options: '--wait, --no-wait' });
    return (await uploadFiles({ ...invocation, batchId }, io)).exitCode;
  },
});
