import type { Command, Options } from './command.ts';

/** The options of every command. */
export const generalOptions = {
  json: {
    type: 'boolean',
    description: { 'en-US': 'Print data as JSON', 'zh-TW': '以 JSON 輸出資料' },
  },
  quiet: {
    type: 'boolean',
    short: 'q',
    description: { 'en-US': 'Do not show progress or notes', 'zh-TW': '不顯示進度與附註' },
  },
  debug: {
    type: 'boolean',
    description: {
      'en-US': 'Show each request, and a stack trace for unexpected errors',
      'zh-TW': '顯示每個要求，以及未預期錯誤的堆疊追蹤',
    },
  },
  locale: {
    type: 'string',
    value: 'TAG',
    description: {
      'en-US': 'Language: en-US or zh-TW (default: from LANG)',
      'zh-TW': '語言：en-US 或 zh-TW（預設：依 LANG）',
    },
  },
  help: { type: 'boolean', short: 'h', description: { 'en-US': 'Show this help', 'zh-TW': '顯示此說明' } },
} as const satisfies Options;

/** The options of every command that connects to a service. Each overrides its environment variable. */
export const connectionOptions = {
  credentials: {
    type: 'string',
    value: 'FILE',
    description: {
      'en-US': 'Credentials file of the service (MUSTER_CREDENTIALS)',
      'zh-TW': '服務的認證檔（MUSTER_CREDENTIALS）',
    },
  },
  url: {
    type: 'string',
    value: 'URL',
    description: { 'en-US': 'Base URL of the API (MUSTER_URL)', 'zh-TW': 'API 的基底 URL（MUSTER_URL）' },
  },
  authority: {
    type: 'string',
    value: 'URL',
    description: {
      'en-US': 'Where to get access tokens (MUSTER_AUTHORITY; default: the base URL)',
      'zh-TW': '取得存取權杖的位置（MUSTER_AUTHORITY；預設：基底 URL）',
    },
  },
  cloud: {
    type: 'string',
    value: 'NAME',
    choices: ['global', 'china21Vianet', 'germany', 'usGovernment'],
    description: {
      'en-US': 'A Partner Center cloud, instead of --url and --authority',
      'zh-TW': '合作夥伴中心的雲端，用以取代 --url 與 --authority',
    },
  },
  'tenant-id': {
    type: 'string',
    value: 'ID',
    description: {
      'en-US': "The partner's tenant (MUSTER_TENANT_ID)",
      'zh-TW': '合作夥伴的租用戶（MUSTER_TENANT_ID）',
    },
  },
  'client-id': {
    type: 'string',
    value: 'ID',
    description: { 'en-US': 'The application (MUSTER_CLIENT_ID)', 'zh-TW': '應用程式（MUSTER_CLIENT_ID）' },
  },
  'client-secret': {
    type: 'string',
    value: 'SECRET',
    description: {
      'en-US': 'Its client secret. Other users can see command lines; prefer MUSTER_CLIENT_SECRET',
      'zh-TW': '應用程式的用戶端密碼。其他使用者看得到命令列，建議改用 MUSTER_CLIENT_SECRET',
    },
  },
} as const satisfies Options;

/** The options of every command that administers a registry. */
export const adminConnectionOptions = {
  'admin-credentials': {
    type: 'string',
    value: 'FILE',
    description: {
      'en-US': "The service's admin-credentials.json (MUSTER_ADMIN_CREDENTIALS)",
      'zh-TW': '服務的 admin-credentials.json（MUSTER_ADMIN_CREDENTIALS）',
    },
  },
  url: {
    type: 'string',
    value: 'URL',
    description: {
      'en-US': 'Base URL of the service (MUSTER_URL). The secret comes from MUSTER_ADMIN_SECRET or the file',
      'zh-TW': '服務的基底 URL（MUSTER_URL）。密碼取自 MUSTER_ADMIN_SECRET 或上述檔案',
    },
  },
} as const satisfies Options;

export const customerOption = {
  customer: {
    type: 'string',
    short: 'c',
    value: 'ID',
    description: {
      'en-US': 'Customer ID, a GUID (MUSTER_CUSTOMER; default: the one in the credentials)',
      'zh-TW': '客戶識別碼，GUID（MUSTER_CUSTOMER；預設：認證檔中的客戶）',
    },
  },
} as const satisfies Options;

export const batchOption = {
  batch: {
    type: 'string',
    short: 'b',
    value: 'NAME',
    description: { 'en-US': 'The device batch', 'zh-TW': '裝置批次' },
  },
} as const satisfies Options;

/** The default number of items that a list shows. */
const listLimitDefault = 50;

/** The options of lists that go across customers. */
export const listOptions = {
  customer: {
    type: 'string',
    short: 'c',
    value: 'ID',
    description: {
      'en-US': 'Only this customer, a GUID (default: all customers of the partner)',
      'zh-TW': '僅限此客戶，GUID（預設：合作夥伴的所有客戶）',
    },
  },
  since: {
    type: 'string',
    value: 'TIME',
    description: {
      'en-US': 'Only at or after this time, such as 2026-11-25 or 2026-11-25T09:00:00Z',
      'zh-TW': '僅限此時間之後，例如 2026-11-25 或 2026-11-25T09:00:00Z',
    },
  },
  limit: {
    type: 'string',
    value: 'N',
    isCount: true,
    description: {
      'en-US': `Maximum number of items (default: ${listLimitDefault})`,
      'zh-TW': `最多列出的項目數（預設：${listLimitDefault}）`,
    },
  },
} as const satisfies Options;

/** The first items of a list, up to `--limit`. */
export async function* takeFirst<Row>(
  rows: AsyncIterable<Row>,
  { limit }: { readonly limit?: string | undefined },
): AsyncGenerator<Row> {
  let left = Number(limit ?? listLimitDefault);
  if (left <= 0) return;
  for await (const row of rows) {
    yield row;
    left -= 1;
    if (left <= 0) return;
  }
}

/** All options of a command: its own, those of the connection, and the general ones. */
export function optionsOf(command: Command): Options {
  return { ...command.options, ...(command.isConnected ? connectionOptions : {}), ...generalOptions };
}
