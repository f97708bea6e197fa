import type { Locale } from '../locale.ts';

interface FaultEntry {
  /** Only 400, 401, 403, 404, 409, 429, 500, 503: clients retry other statuses, some of them for ever (`docs/wire.md` 5). */
  readonly status: number;
  /** Microsoft's number where one is published (`docs/domain.md` 1.4); otherwise the status itself, which claims nothing. */
  readonly code: string;
  /** `{name}` stands for a value given with the fault. */
  readonly description: Readonly<Record<Locale, string>>;
}

/** Every way a request can be refused as a whole. What becomes of one device is no fault: see `device-outcomes.ts`. */
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
        'This customer has {limit} configuration policies, which is the most. Delete one that is not used.',
      'zh-TW': '此客戶已有 {limit} 個設定原則，已達上限。請刪除未使用的設定原則。',
    },
  },
  StaleEtag: {
    status: 400,
    code: '2055',
    description: {
      'en-US':
        'The etag in {member} is no longer valid: it was changed since you read it. Read it again, then repeat.',
      'zh-TW': '{member} 中的 etag 已失效：讀取之後內容已變更。請重新讀取後再試一次。',
    },
  },
  Unauthorized: {
    status: 401,
    code: '401',
    description: {
      'en-US':
        'The access token is missing, expired or not valid here: {problem}. Get a new token and try again.',
      'zh-TW': '存取權杖遺失、過期或在此無效：{problem}。請取得新的權杖後再試一次。',
    },
  },
  AudienceRetired: {
    status: 401,
    code: '900420',
    description: {
      'en-US':
        'The audience of the access token is no longer supported. Ask for a token for {audience} and try again.',
      'zh-TW': '不再支援此存取權杖的對象。請要求 {audience} 的權杖後再試一次。',
    },
  },
  MfaRequired: {
    status: 401,
    code: '900421',
    description: {
      'en-US':
        'Unauthorized - MFA required: the access token of the user carries no evidence of multifactor authentication. Sign in with a second factor and try again.',
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
      'en-US': 'Access denied: this needs the role {roles}.',
      'zh-TW': '拒絕存取：此作業需要角色 {roles}。',
    },
  },
  AppUserRequired: {
    status: 403,
    code: '900329',
    description: {
      'en-US':
        'Access denied: this needs a signed-in user (app+user), and the token is of an application alone (MUSTER_RULES, MUSTER_STRICT_APP_USER).',
      'zh-TW':
        '拒絕存取：此作業需要已登入的使用者（app+user），而此權杖僅屬於應用程式（MUSTER_STRICT_APP_USER）。',
    },
  },
  AdministratorRequired: {
    status: 403,
    code: '900150',
    description: {
      'en-US':
        'Access denied: this needs the secret of an administrator, not the token of an application or a user.',
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
      'en-US': 'There is a {kind} with this {member} already. Choose another one.',
      'zh-TW': '已有使用此 {member} 的 {kind}。請選擇其他值。',
    },
  },
  PartnerHasCustomers: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'The partner has customers. Move them to another partner, or end the relationships, first.',
      'zh-TW': '此合作夥伴仍有客戶。請先將客戶移至其他合作夥伴，或結束關係。',
    },
  },
  TooManySecrets: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'The application has {limit} secrets already. Delete one that is no longer used.',
      'zh-TW': '此應用程式已有 {limit} 個密碼。請刪除不再使用的密碼。',
    },
  },
  PublicApplication: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'The application is public: it has no secret.',
      'zh-TW': '此應用程式為公用應用程式，沒有密碼。',
    },
  },
  SigningKeyInUse: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'This key signs the tokens now. Rotate first, then delete it.',
      'zh-TW': '此金鑰目前用於簽署權杖。請先輪替再刪除。',
    },
  },
  OwnAdministrator: {
    status: 409,
    code: '409',
    description: {
      'en-US': 'Administrators cannot delete themselves: somebody must stay. Let another one do it.',
      'zh-TW': '系統管理員無法刪除自己：必須有人留下。請由另一位系統管理員執行。',
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
        'There is no device {deviceId} in the batch "{batchId}". List the batch for the ids of its devices.',
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
      'en-US': 'There is no batch job {trackingId} for this customer. Use the id of the Location header.',
      'zh-TW': '此客戶沒有批次作業 {trackingId}。請使用 Location 標頭中的識別碼。',
    },
  },
  BatchExists: {
    status: 409,
    code: '409',
    description: {
      'en-US':
        'The device batch "{batchId}" exists already (letter case does not matter). Add devices to it, or choose another id.',
      'zh-TW': '裝置批次「{batchId}」已存在（不分大小寫）。請將裝置新增至該批次，或選擇其他識別碼。',
    },
  },
  PolicyInUse: {
    status: 409,
    code: '409',
    description: {
      'en-US':
        'Devices that have the configuration policy: {count}. Give them another policy or none, then delete it.',
      'zh-TW': '有 {count} 部裝置正在使用此設定原則。請先為其指派其他原則或取消指派，再刪除。',
    },
  },
  InternalError: {
    status: 500,
    code: '500',
    description: {
      'en-US':
        'Something failed on our side and nothing was changed. Try again; if it stays, report the MS-CorrelationId.',
      'zh-TW': '我們的服務發生錯誤，未變更任何資料。請再試一次；若持續發生，請回報 MS-CorrelationId。',
    },
  },
  ServiceUnavailable: {
    status: 503,
    code: '503',
    description: {
      'en-US':
        'The service is starting, stopping or out of reach of its database. Nothing was changed; try again.',
      'zh-TW': '服務正在啟動、停止或無法連線至資料庫。未變更任何資料；請再試一次。',
    },
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faultCatalog;
