import type { Options } from '../command.ts';

/** The options of every command that talks to a service. Each overrides its environment variable. */
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
      'en-US': 'Where access tokens come from (MUSTER_AUTHORITY); default: the base URL',
      'zh-TW': '取得存取權杖的位置（MUSTER_AUTHORITY）；預設為基底 URL',
    },
  },
  cloud: {
    type: 'string',
    value: 'NAME',
    choices: ['global', 'china21Vianet', 'germany', 'usGovernment'],
    description: {
      'en-US': 'A cloud of Partner Center, in place of --url and --authority',
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
      'en-US': 'Its secret; others can see it here: prefer MUSTER_CLIENT_SECRET',
      'zh-TW': '應用程式的密碼；其他人看得到命令列，建議使用 MUSTER_CLIENT_SECRET',
    },
  },
} as const satisfies Options;

export const customerOption = {
  customer: {
    type: 'string',
    short: 'c',
    value: 'ID',
    description: {
      'en-US': 'The customer, a GUID (MUSTER_CUSTOMER; default: the one of the credentials)',
      'zh-TW': '客戶，GUID（MUSTER_CUSTOMER；預設為認證檔中的客戶）',
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
