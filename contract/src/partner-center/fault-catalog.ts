import { phrase, type Phrase } from '../locale.ts';

interface FaultEntry {
  /** Only 400, 401, 403, 404, 409, 429, 500, 503: clients retry other statuses, some of them forever (`docs/wire.md` 5). */
  readonly status: number;
  /** Microsoft's number if one is published (`docs/domain.md` 1.4); otherwise the HTTP status. */
  readonly code: string;
  /** `{name}` is replaced by a value of the fault. */
  readonly description: Phrase;
}

function fault(status: number, code: string) {
  return (english: string, chinese: string): FaultEntry => ({
    status,
    code,
    description: phrase(english, chinese),
  });
}

const badInput = fault(400, '800002');
const notFound = fault(404, '1000');
const conflict = fault(409, '409');

/** Every reason to refuse a whole request. The failure of one device is not a fault: see `device-outcomes.ts`. */
export const faultCatalog = {
  InvalidInput: badInput('{member} {problem}.', '{member} {problem}。'),
  InvalidCustomerId: fault(400, '900118')('customer-id must be a GUID.', 'customer-id 必須是 GUID。'),
  MalformedBody: badInput('The request body cannot be read: {problem}.', '無法讀取要求本文：{problem}。'),
  BodyTooLarge: badInput(
    'The request body is larger than {limit} bytes. Send fewer devices in one call.',
    '要求本文超過 {limit} 個位元組。請減少每次呼叫的裝置數量。',
  ),
  TooManyDevices: badInput(
    '{member} has {count} devices; one call takes at most {limit}. Split the list.',
    '{member} 有 {count} 部裝置；每次呼叫最多 {limit} 部。請分批上傳。',
  ),
  TooManyPolicies: badInput(
    'This customer has {limit} configuration policies, the maximum. Delete one that is not in use.',
    '此客戶已有 {limit} 個設定原則，已達上限。請刪除未使用的設定原則。',
  ),
  StaleEtag: fault(400, '2055')(
    'The etag in {member} is no longer valid: the resource has changed since you read it. Read it again, then retry.',
    '{member} 中的 etag 已失效：讀取之後內容已變更。請重新讀取後再試一次。',
  ),
  TokenMissing: fault(401, '800001')(
    'The access token is missing: the Authorization header has no bearer token. Get a token and send it in this header.',
    '缺少存取權杖：Authorization 標頭中沒有 bearer 權杖。請取得權杖，並在此標頭中傳送。',
  ),
  Unauthorized: fault(401, '401')(
    'The access token is missing, expired, or not valid for this service: {problem}. Get a new token and try again.',
    '缺少存取權杖，或權杖已過期或無效：{problem}。請取得新的權杖後再試一次。',
  ),
  AudienceRetired: fault(401, '900420')(
    'The audience of the access token is no longer supported. Request a token for {audience} and try again.',
    '不再支援此存取權杖的對象。請要求 {audience} 的權杖後再試一次。',
  ),
  MfaRequired: fault(401, '900421')(
    'Unauthorized - MFA required: the access token of the user contains no evidence of multifactor authentication. Sign in with a second factor and try again.',
    '未經授權 - 需要 MFA：使用者的存取權杖沒有多重要素驗證的證明。請使用第二要素登入後再試一次。',
  ),
  CustomerForbidden: fault(403, '20002')(
    'Access denied: customer {customerId} is not a customer of this partner.',
    '拒絕存取：客戶 {customerId} 不是此合作夥伴的客戶。',
  ),
  RoleForbidden: fault(403, '900150')(
    'Access denied: this operation requires the role {roles}.',
    '拒絕存取：此作業需要角色 {roles}。',
  ),
  AppUserRequired: fault(403, '900329')(
    'Access denied: this operation requires a signed-in user (app+user), but the token belongs to an application only (MUSTER_RULES, MUSTER_STRICT_APP_USER).',
    '拒絕存取：此作業需要已登入的使用者（app+user），而此權杖僅屬於應用程式（MUSTER_RULES、MUSTER_STRICT_APP_USER）。',
  ),
  AdministratorRequired: fault(403, '900150')(
    'Access denied: this operation requires the secret of an administrator, not the token of an application or a user.',
    '拒絕存取：此作業需要系統管理員的密碼，而非應用程式或使用者的權杖。',
  ),
  ResourceNotFound: notFound('There is no {kind} {id}.', '找不到{kind} {id}。'),
  ResourceExists: conflict(
    'A {kind} with this {member} already exists. Choose another one.',
    '已有使用此 {member} 的{kind}。請選擇其他值。',
  ),
  PartnerHasCustomers: conflict(
    'The partner has customers. Move them to another partner or end the relationships first.',
    '此合作夥伴仍有客戶。請先將客戶移至其他合作夥伴，或結束關係。',
  ),
  TooManySecrets: conflict(
    'The application already has {limit} secrets. Delete one that is no longer used.',
    '此應用程式已有 {limit} 個密碼。請刪除不再使用的密碼。',
  ),
  PublicApplication: conflict(
    'The application is public and has no secret.',
    '此應用程式為公用應用程式，沒有密碼。',
  ),
  SigningKeyInUse: conflict(
    'This key currently signs the tokens. Rotate the keys first, then delete it.',
    '此金鑰目前用於簽署權杖。請先輪替再刪除。',
  ),
  OwnAdministrator: conflict(
    'Administrators cannot delete themselves, so that one always remains. Ask another administrator to do it.',
    '系統管理員無法刪除自己，以確保至少保留一位。請由另一位系統管理員執行。',
  ),
  OperationNotFound: notFound(
    'There is no operation {method} {path}. Check the method and the path.',
    '沒有 {method} {path} 這項作業。請檢查方法與路徑。',
  ),
  BatchNotFound: notFound(
    'There is no device batch "{batchId}" for this customer. Create the batch first.',
    '此客戶沒有裝置批次「{batchId}」。請先建立批次。',
  ),
  DeviceNotFound: notFound(
    'There is no device {deviceId} in the batch "{batchId}". List the devices in the batch to find their IDs.',
    '批次「{batchId}」中沒有裝置 {deviceId}。請列出該批次以取得裝置識別碼。',
  ),
  PolicyNotFound: notFound(
    'There is no configuration policy {policyId} for this customer.',
    '此客戶沒有設定原則 {policyId}。',
  ),
  BatchJobNotFound: notFound(
    'There is no batch job {trackingId} for this customer. Use the ID from the Location header.',
    '此客戶沒有批次作業 {trackingId}。請使用 Location 標頭中的識別碼。',
  ),
  JobNotFound: notFound(
    'There is no job {trackingId} for the customers of this partner. List the jobs to find its ID.',
    '此合作夥伴的客戶沒有作業 {trackingId}。請列出作業以取得其識別碼。',
  ),
  TooManyWebhookEndpoints: badInput(
    'This partner has {limit} webhook endpoints, the maximum. Delete one that is no longer used.',
    '此合作夥伴已有 {limit} 個 Webhook 端點，已達上限。請刪除不再使用的端點。',
  ),
  WebhookEndpointNotFound: notFound(
    'There is no webhook endpoint {endpointId} for this partner. List the endpoints to find its ID.',
    '此合作夥伴沒有 Webhook 端點 {endpointId}。請列出端點以取得其識別碼。',
  ),
  WebhookDeliveryNotFound: notFound(
    'There is no delivery of the event {eventId} to this webhook endpoint. List its deliveries to find the ID.',
    '此 Webhook 端點沒有事件 {eventId} 的傳遞記錄。請列出傳遞記錄以取得識別碼。',
  ),
  WebhookEndpointDisabled: conflict(
    'The webhook endpoint {endpointId} is disabled, so nothing is sent to it. Enable it first.',
    'Webhook 端點 {endpointId} 已停用，不會傳送任何內容。請先啟用。',
  ),
  RegisteredDeviceNotFound: notFound(
    'No customer of this partner has a device {deviceId}. Find devices by serial number to get their IDs.',
    '此合作夥伴的客戶沒有裝置 {deviceId}。請以序號尋找裝置以取得其識別碼。',
  ),
  BatchExists: conflict(
    'The device batch "{batchId}" already exists (case is ignored). Add devices to it, or choose another ID.',
    '裝置批次「{batchId}」已存在（不分大小寫）。請將裝置新增至該批次，或選擇其他識別碼。',
  ),
  JobNotFinished: conflict(
    'The job {trackingId} is not finished. Wait until it is, then try again.',
    '作業 {trackingId} 尚未完成。請等候完成後再試一次。',
  ),
  NothingToRemove: conflict(
    'There are no devices to remove: the job registered none, or the batch has none.',
    '沒有可移除的裝置：此作業未註冊任何裝置，或此批次中沒有裝置。',
  ),
  PolicyInUse: conflict(
    'The configuration policy is in use (devices: {count}). Assign those devices another policy or none, then delete it.',
    '有 {count} 部裝置正在使用此設定原則。請先為其指派其他原則或取消指派，再刪除。',
  ),
  InternalError: fault(500, '500')(
    'An error occurred in the service, and nothing was changed. Try again. If the error persists, report the MS-CorrelationId.',
    '服務發生錯誤，未變更任何資料。請再試一次；若持續發生，請回報 MS-CorrelationId。',
  ),
  ServiceUnavailable: fault(503, '503')(
    'The service is starting, is stopping, or cannot reach its database. Nothing was changed. Try again.',
    '服務正在啟動、停止或無法連線至資料庫。未變更任何資料；請再試一次。',
  ),
} satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faultCatalog;
