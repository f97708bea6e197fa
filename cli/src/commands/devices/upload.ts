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
    'en-US': `One line a device: {"row","file","line","deviceId","serialNumber","productKey","status","errorCode",
"errorDescription","remedy","trackingId","isResent"}; then {"summary":{"devices","succeeded","failed","uncertain",
"byOutcome"},"trackingIds":[...]}. With --check one line a problem: {"file","line","severity","problem","message"};
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
        'en-US': 'Read the files, say what is wrong line by line, upload nothing',
        'zh-TW': '只讀取檔案並逐行指出問題，不上傳',
      },
    },
    report: {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US': 'Write the failed rows to a CSV (or .ndjson) that uploads again',
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
        'en-US': 'Wait until every device has an outcome (default)',
        'zh-TW': '等到每部裝置都有結果（預設）',
      },
    },
    'no-wait': {
      type: 'boolean',
      description: {
        'en-US': 'End when everything is accepted; follow it later with the same command',
        'zh-TW': '全部受理後即結束；之後以相同命令繼續',
      },
    },
    timeout: {
      type: 'string',
      value: 'TIME',
      description: {
        'en-US': 'Wait at most so long, e.g. 10m; then exit code 8',
        'zh-TW': '最多等待的時間，例如 10m；逾時則結束代碼為 8',
      },
    },
    rows: {
      type: 'string',
      value: 'WHICH',
      choices: ['all', 'failed', 'none'],
      description: {
        'en-US': 'Devices to show: all, failed or none; default: all of up to 50 on a terminal, else failed',
        'zh-TW': '顯示哪些裝置：all、failed 或 none；預設：終端機上 50 部以內顯示 all，否則 failed',
      },
    },
    journal: {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US': 'Where the upload notes how far it is; default: in the state directory',
        'zh-TW': '記錄上傳進度的檔案；預設在狀態目錄中',
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
