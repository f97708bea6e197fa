import type { CommandTable } from './command.ts';

/** All commands, by the words that call them. */
export const commandTable: CommandTable = {
  'devices upload': {
    summary: {
      'en-US': 'Upload devices from files and show the result for each device',
      'zh-TW': '從檔案上傳裝置，並顯示每部裝置的結果',
    },
    load: async () => (await import('./commands/devices/upload.ts')).uploadCommand,
  },
  'devices list': {
    summary: {
      'en-US': 'List the devices of a customer, or in one batch',
      'zh-TW': '列出客戶的裝置，或某一批次中的裝置',
    },
    load: async () => (await import('./commands/devices/list.ts')).listDevicesCommand,
  },
  'devices find': {
    summary: {
      'en-US': 'Find devices of any customer by serial number, product key, ID or hardware hash',
      'zh-TW': '依序號、產品金鑰、識別碼或硬體雜湊尋找任一客戶的裝置',
    },
    load: async () => (await import('./commands/devices/find.ts')).findDevicesCommand,
  },
  'devices show': {
    summary: {
      'en-US': 'Show a device of any customer and its history',
      'zh-TW': '顯示任一客戶的裝置及其歷程',
    },
    load: async () => (await import('./commands/devices/show.ts')).showDeviceCommand,
  },
  'devices assign': {
    summary: { 'en-US': 'Assign a configuration policy to devices', 'zh-TW': '將設定原則指派給裝置' },
    load: async () => (await import('./commands/devices/assign.ts')).assignDevicesCommand,
  },
  'devices remove': {
    summary: { 'en-US': 'Remove devices from the customer', 'zh-TW': '移除客戶的裝置' },
    load: async () => (await import('./commands/devices/remove.ts')).removeDevicesCommand,
  },
  status: {
    summary: {
      'en-US': 'Show the status of a batch job and of each device in it',
      'zh-TW': '顯示批次作業及其中每部裝置的狀態',
    },
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  'audit list': {
    summary: {
      'en-US': 'List changes and who made them, newest first',
      'zh-TW': '列出誰變更了什麼，由新到舊',
    },
    load: async () => (await import('./commands/audit.ts')).listAuditCommand,
  },
  'jobs list': {
    summary: {
      'en-US': 'List the batch jobs of all customers, newest first',
      'zh-TW': '列出所有客戶的批次作業，由新到舊',
    },
    load: async () => (await import('./commands/jobs.ts')).listJobsCommand,
  },
  'jobs show': {
    summary: {
      'en-US': 'Show a batch job of any customer and its devices',
      'zh-TW': '顯示任一客戶的批次作業及其裝置',
    },
    load: async () => (await import('./commands/jobs.ts')).showJobCommand,
  },
  'jobs watch': {
    summary: {
      'en-US': 'Wait until a batch job is finished, then show its devices',
      'zh-TW': '等待批次作業完成，然後顯示其裝置',
    },
    load: async () => (await import('./commands/jobs.ts')).watchJobCommand,
  },
  'jobs undo': {
    summary: {
      'en-US': 'Remove every device that a batch job registered',
      'zh-TW': '移除批次作業所註冊的所有裝置',
    },
    load: async () => (await import('./commands/removals.ts')).undoJobCommand,
  },
  'hash decode': {
    summary: {
      'en-US': 'Show what hardware hashes say about their devices, and what is wrong with them',
      'zh-TW': '顯示硬體雜湊所記錄的裝置資訊，以及有何問題',
    },
    load: async () => (await import('./commands/hash.ts')).decodeHashCommand,
  },
  'batches list': {
    summary: { 'en-US': 'List the device batches of a customer', 'zh-TW': '列出客戶的裝置批次' },
    load: async () => (await import('./commands/batches.ts')).listBatchesCommand,
  },
  'batches remove': {
    summary: { 'en-US': 'Remove all devices in a device batch', 'zh-TW': '移除裝置批次中的所有裝置' },
    load: async () => (await import('./commands/removals.ts')).removeBatchCommand,
  },
  'policies list': {
    summary: { 'en-US': 'List the configuration policies of a customer', 'zh-TW': '列出客戶的設定原則' },
    load: async () => (await import('./commands/policies.ts')).listPoliciesCommand,
  },
  'policies create': {
    summary: { 'en-US': 'Create a configuration policy', 'zh-TW': '建立設定原則' },
    load: async () => (await import('./commands/policies.ts')).createPolicyCommand,
  },
  'policies update': {
    summary: { 'en-US': 'Update a configuration policy', 'zh-TW': '更新設定原則' },
    load: async () => (await import('./commands/policies.ts')).updatePolicyCommand,
  },
  'policies delete': {
    summary: { 'en-US': 'Delete a configuration policy', 'zh-TW': '刪除設定原則' },
    load: async () => (await import('./commands/policies.ts')).deletePolicyCommand,
  },
  'customers list': {
    summary: { 'en-US': 'List the customers of the partner', 'zh-TW': '列出合作夥伴的客戶' },
    load: async () => (await import('./commands/customers.ts')).listCustomersCommand,
  },
  'webhooks create': {
    summary: {
      'en-US': 'Create a webhook endpoint, which receives events',
      'zh-TW': '建立接收事件通知的端點',
    },
    load: async () => (await import('./commands/webhooks/endpoints.ts')).createWebhookCommand,
  },
  'webhooks list': {
    summary: { 'en-US': 'List the webhook endpoints of the partner', 'zh-TW': '列出合作夥伴的 Webhook 端點' },
    load: async () => (await import('./commands/webhooks/endpoints.ts')).listWebhooksCommand,
  },
  'webhooks show': {
    summary: { 'en-US': 'Show a webhook endpoint', 'zh-TW': '顯示 Webhook 端點' },
    load: async () => (await import('./commands/webhooks/endpoints.ts')).showWebhookCommand,
  },
  'webhooks update': {
    summary: {
      'en-US': 'Change, enable, or disable a webhook endpoint',
      'zh-TW': '變更、啟用或停用 Webhook 端點',
    },
    load: async () => (await import('./commands/webhooks/endpoints.ts')).updateWebhookCommand,
  },
  'webhooks rotate-secret': {
    summary: { 'en-US': 'Replace the signing key of a webhook endpoint', 'zh-TW': '為 Webhook 端點更換金鑰' },
    load: async () => (await import('./commands/webhooks/endpoints.ts')).rotateWebhookSecretCommand,
  },
  'webhooks remove': {
    summary: { 'en-US': 'Remove a webhook endpoint', 'zh-TW': '移除 Webhook 端點' },
    load: async () => (await import('./commands/webhooks/endpoints.ts')).removeWebhookCommand,
  },
  'webhooks ping': {
    summary: { 'en-US': 'Send a ping to a webhook endpoint', 'zh-TW': '對 Webhook 端點傳送 ping' },
    load: async () => (await import('./commands/webhooks/deliveries.ts')).pingWebhookCommand,
  },
  'webhooks deliveries': {
    summary: {
      'en-US': 'List what was sent to a webhook endpoint',
      'zh-TW': '列出傳送至 Webhook 端點的內容',
    },
    load: async () => (await import('./commands/webhooks/deliveries.ts')).listWebhookDeliveriesCommand,
  },
  'webhooks resend': {
    summary: {
      'en-US': 'Send an event to a webhook endpoint again',
      'zh-TW': '再次將事件傳送至 Webhook 端點',
    },
    load: async () => (await import('./commands/webhooks/deliveries.ts')).resendWebhookCommand,
  },
  'admin partners': {
    summary: { 'en-US': 'Manage partners', 'zh-TW': '管理合作夥伴' },
    load: async () => (await import('./commands/admin/partners.ts')).adminPartnersCommand,
  },
  'admin applications': {
    summary: {
      'en-US': 'Manage the applications that sign in, and their roles',
      'zh-TW': '管理可登入的應用程式及其角色',
    },
    load: async () => (await import('./commands/admin/applications.ts')).adminApplicationsCommand,
  },
  'admin secrets': {
    summary: {
      'en-US': 'Manage the client secrets of an application',
      'zh-TW': '管理應用程式的用戶端密碼',
    },
    load: async () => (await import('./commands/admin/secrets.ts')).adminSecretsCommand,
  },
  'admin users': {
    summary: {
      'en-US': 'Manage the users who sign in, and their roles',
      'zh-TW': '管理可登入的使用者及其角色',
    },
    load: async () => (await import('./commands/admin/users.ts')).adminUsersCommand,
  },
  'admin customers': {
    summary: {
      'en-US': 'Manage customers and their relationships with partners',
      'zh-TW': '管理客戶及其與合作夥伴的關係',
    },
    load: async () => (await import('./commands/admin/customers.ts')).adminCustomersCommand,
  },
  'admin keys': {
    summary: {
      'en-US': 'Manage the keys that sign access tokens',
      'zh-TW': '管理簽署存取權杖的金鑰',
    },
    load: async () => (await import('./commands/admin/keys.ts')).adminKeysCommand,
  },
  'admin administrators': {
    summary: { 'en-US': 'Manage administrators', 'zh-TW': '管理系統管理員' },
    load: async () => (await import('./commands/admin/administrators.ts')).adminAdministratorsCommand,
  },
  scenarios: {
    summary: {
      'en-US': "Run Microsoft's device deployment scenarios and show each request and response",
      'zh-TW': '執行 Microsoft 的裝置部署案例，並顯示每個要求與回應',
    },
    load: async () => (await import('./commands/scenarios.ts')).scenariosCommand,
  },
  api: {
    summary: {
      'en-US': 'Make an authenticated request to any API operation',
      'zh-TW': '以已驗證的身分呼叫任何 API 作業',
    },
    load: async () => (await import('./commands/api.ts')).apiCommand,
  },
  login: {
    summary: { 'en-US': 'Sign in, and store the connection settings', 'zh-TW': '登入並儲存連線設定' },
    load: async () => (await import('./commands/login.ts')).loginCommand,
  },
  completion: {
    summary: { 'en-US': 'Print a shell completion script', 'zh-TW': '輸出 Shell 的自動完成指令碼' },
    load: async () => (await import('./commands/completion.ts')).completionCommand,
  },
};
