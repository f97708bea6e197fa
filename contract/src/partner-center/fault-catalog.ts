import type { Locale } from '../locale.ts';

interface FaultEntry {
  /** Only 400, 401, 403, 404, 409, 429, 500, 503: clients retry other statuses, some of them forever (`docs/wire.md` 5). */
  readonly status: number;
  /** Microsoft's number if one is published (`docs/domain.md` 1.4); otherwise the HTTP status. */
  readonly code: string;
  /** `{name}` is replaced by a value of the fault. */
  readonly description: Readonly<Record<Locale, string>>;
}

/** Every reason to refuse a whole request. The failure of one device is not a fault: see `device-outcomes.ts`. */
export const faultCatalog = {
  InvalidInput: {
    status: 400,
    code: '800002',
    description: { 'en-US': '{member} {problem}.', 'zh-TW': '{member} {problem}。' },
  },
  MalformedBody: {
    status: 400,
    code: '800002',
    description: {
      'en-US': 'The request body cannot be read: {problem}.',
      'zh-TW': '無法讀取要求本文：{problem}。',
    },
  },
  BodyTooLarge: {
    status: 400,
    code: '800002',
    description: {
      'en-US': 'The request body is larger than {limit} bytes. Send fewer devices in one call.',
      'zh-TW': '要求本文超過 {limit} 個位元組。請減少每次呼叫的裝置數量。',
    },
  },
  TooManyDevices: {
    status: 400,
    code: '800002',
    description: {
      'en-US': '{member} has {count} devices; one call takes at most {limit}. Split the list.',
      'zh-TW': '{member} 有 {count} 部裝置；每次呼叫最多 {limit} 部。請分批上傳。',
    },
  },
  TooManyPolicies: {
    status: 400,
    code: '800002',
    description: {
      'en-US':
        'This customer has {limit} configuration policies, the maximum. Delete one that is not in use.',
      'zh-TW': '此客戶已有 {limit} 個設定原則，已達上限。請刪除未使用的設定原則。',
    },
  },
  StaleEtag: {
    status: 400,
    code: '2055',
    description: {
      'en-US':
        'The etag in {member} is no longer valid: the resource has changed since you read it. Read it again, then retry.',
      'zh-TW': '{member} 中的 etag 已失效：讀取之後內容已變更。請重新讀取後再試一次。',
    },
  },
  Unauthorized: {
    status: 401,
    code: '401',
    description: {
      'en-US':
        'The access token is missing, expired, or not valid for this service: {problem}. Get a new token and try again.',
      'zh-TW': '缺少存取權杖，或權杖已過期或無效：{problem}。請取得新的權杖後再試一次。',
    },
  },
  AudienceRetired: {
    status: 401,
    code: '900420',
    description: {
      'en-US':
        'The audience of the access token is no longer supported. Request a token for {audience} and try again.',
      'zh-TW': '不再支援此存取權杖的對象。請要求 {audience} 的權杖後再試一次。',
    },
  },
  MfaRequired: {
    status: 401,
    code: '900421',
    description: {
      'en-US':
        'Unauthorized - MFA required: the access token of the user contains no evidence of multifactor authentication. Sign in with a second factor and try again.',
      'zh-TW': '未經授權 - 需要 MFA：使用者的存取權杖沒有多重要素驗證的證明。請使用第二要素登入後再試一次。',
    },
  },
  CustomerForbidden: {
    status: 403,
    code: '20002',
    description: {
      'en-US': 'Access denied: customer {customerId} is not a customer of this partner.',
      'zh-TW': '拒絕存取：客戶 {customerId} 不是此合作夥伴的客戶。',
    },
  },
  RoleForbidden: {
    status: 403,
    code: '900150',
    description: {
      'en-US': 'Access denied: this operation requires the role {roles}.',
      'zh-TW': '拒絕存取：此作業需要角色 {roles}。',
    },
  },
  AppUserRequired: {
    status: 403,
    code: '900329',
    description: {
      'en-US':
        'Access denied: this operation requires a signed-in user (app+user), but the token belongs to an application only (MUSTER_RULES, MUSTER_STRICT_APP_USER).',
      'zh-TW':
        '拒絕存取：此作業需要已登入的使用者（app+user），而此權杖僅屬於應用程式（MUSTER_RULES、MUSTER_STRICT_APP_USER）。',
    },
  },
  AdministratorRequired: {
    status: 403,
    code: '900150',
    description: {
      'en-US':
        'Access denied: this operation requires the secret of an administrator, not the token of an application or a user.',
      'zh-TW': '拒絕存取：此作業需要系統管理員的密碼，而非應用程式或使用者的權杖。',
    },
  },
  ResourceNotFound: {
    status: 404,
    code: '1000',
    description: {
      'en-US': 'There is no {kind} {id}.',
      'zh-TW': '沒有 {kind} {id}。',
    },
  },
  ResourceExists: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'A {kind} with this {member} already exists. Choose another one.',
      'zh-TW': '已有使用此 {member} 的 {kind}。請選擇其他值。',
    },
  },
  PartnerHasCustomers: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'The partner has customers. Move them to another partner or end the relationships first.',
      'zh-TW': '此合作夥伴仍有客戶。請先將客戶移至其他合作夥伴，或結束關係。',
    },
  },
  TooManySecrets: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'The application already has {limit} secrets. Delete one that is no longer used.',
      'zh-TW': '此應用程式已有 {limit} 個密碼。請刪除不再使用的密碼。',
    },
  },
  PublicApplication: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'The application is public and has no secret.',
      'zh-TW': '此應用程式為公用應用程式，沒有密碼。',
    },
  },
  SigningKeyInUse: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'This key currently signs the tokens. Rotate the keys first, then delete it.',
      'zh-TW': '此金鑰目前用於簽署權杖。請先輪替再刪除。',
    },
  },
  OwnAdministrator: {
    status: 409,
    code: '409',
    description: {
      'en-US':
        'Administrators cannot delete themselves, so that one always remains. Ask another administrator to do it.',
      'zh-TW': '系統管理員無法刪除自己，以確保至少保留一位。請由另一位系統管理員執行。',
    },
  },
  OperationNotFound: {
    status: 404,
    code: '1000',
    description: {
      'en-US': 'There is no operation {method} {path}. Check the method and the path.',
      'zh-TW': '沒有 {method} {path} 這項作業。請檢查方法與路徑。',
    },
  },
  BatchNotFound: {
    status: 404,
    code: '1000',
    description: {
      'en-US': 'There is no device batch "{batchId}" for this customer. Create the batch first.',
      'zh-TW': '此客戶沒有裝置批次「{batchId}」。請先建立批次。',
    },
  },
  DeviceNotFound: {
    status: 404,
    code: '1000',
    description: {
      'en-US':
        'There is no device {deviceId} in the batch "{batchId}". List the devices in the batch to find their IDs.',
      'zh-TW': '批次「{batchId}」中沒有裝置 {deviceId}。請列出該批次以取得裝置識別碼。',
    },
  },
  PolicyNotFound: {
    status: 404,
    code: '1000',
    description: {
      'en-US': 'There is no configuration policy {policyId} for this customer.',
      'zh-TW': '此客戶沒有設定原則 {policyId}。',
    },
  },
  BatchJobNotFound: {
    status: 404,
    code: '1000',
    description: {
      'en-US': 'There is no batch job {trackingId} for this customer. Use the ID from the Location header.',
      'zh-TW': '此客戶沒有批次作業 {trackingId}。請使用 Location 標頭中的識別碼。',
    },
  },
  BatchExists: {
    status: 409,
    code: '409',
    description: {
      'en-US':
        'The device batch "{batchId}" already exists (case is ignored). Add devices to it, or choose another ID.',
      'zh-TW': '裝置批次「{batchId}」已存在（不分大小寫）。請將裝置新增至該批次，或選擇其他識別碼。',
    },
  },
  PolicyInUse: {
    status: 409,
    code: '409',
    description: {
      'en-US':
        'The configuration policy is in use (devices: {count}). Assign those devices another policy or none, then delete it.',
      'zh-TW': '有 {count} 部裝置正在使用此設定原則。請先為其指派其他原則或取消指派，再刪除。',
    },
  },
  InternalError: {
    status: 500,
    code: '500',
    description: {
      'en-US':
        'An error occurred in the service, and nothing was changed. Try again. If the error persists, report the MS-CorrelationId.',
      'zh-TW': '服務發生錯誤，未變更任何資料。請再試一次；若持續發生，請回報 MS-CorrelationId。',
    },
  },
  ServiceUnavailable: {
    status: 503,
    code: '503',
    description: {
      'en-US':
        'The service is starting, is stopping, or cannot reach its database. Nothing was changed. Try again.',
      'zh-TW': '服務正在啟動、停止或無法連線至資料庫。未變更任何資料；請再試一次。',
    },
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faultCatalog;
