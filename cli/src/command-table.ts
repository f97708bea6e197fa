import type { CommandTable } from './command.ts';

/** All commands, by the words that call them. */
export const commandTable: CommandTable = {
  'devices upload': {
    summary: {
      'en-US': 'Upload devices from files and show what became of each',
      'zh-TW': '從檔案上傳裝置，並顯示每部裝置的結果',
    },
    load: async () => (await import('./commands/devices/upload.ts')).uploadCommand,
  },
  'devices list': {
    summary: { 'en-US': 'List the devices of a batch', 'zh-TW': '列出批次的裝置' },
    load: async () => (await import('./commands/devices/list.ts')).listDevicesCommand,
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
      'en-US': 'Show the status of a batch job and of every device in it',
      'zh-TW': '顯示批次作業及其中每部裝置的狀態',
    },
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  'batches list': {
    summary: { 'en-US': 'List the device batches of a customer', 'zh-TW': '列出客戶的裝置批次' },
    load: async () => (await import('./commands/batches.ts')).listBatchesCommand,
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
    summary: { 'en-US': 'Change a configuration policy', 'zh-TW': '更新設定原則' },
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
  'admin partners': {
    summary: { 'en-US': 'Add, list, change and delete partners', 'zh-TW': '新增、列出、變更及刪除合作夥伴' },
    load: async () => (await import('./commands/admin/partners.ts')).adminPartnersCommand,
  },
  'admin applications': {
    summary: {
      'en-US': 'The programs that sign in, and what they may do',
      'zh-TW': '登入的應用程式及其權限',
    },
    load: async () => (await import('./commands/admin/applications.ts')).adminApplicationsCommand,
  },
  'admin secrets': {
    summary: {
      'en-US': "An application's secrets: add, rotate, delete",
      'zh-TW': '應用程式的密碼：新增、輪替、刪除',
    },
    load: async () => (await import('./commands/admin/secrets.ts')).adminSecretsCommand,
  },
  'admin users': {
    summary: { 'en-US': 'The people who sign in, and what they may do', 'zh-TW': '登入的使用者及其權限' },
    load: async () => (await import('./commands/admin/users.ts')).adminUsersCommand,
  },
  'admin customers': {
    summary: {
      'en-US': 'Whose customer is whose: add, rename, move, end',
      'zh-TW': '客戶與合作夥伴的關係：新增、重新命名、移動、結束',
    },
    load: async () => (await import('./commands/admin/customers.ts')).adminCustomersCommand,
  },
  'admin keys': {
    summary: {
      'en-US': 'The keys that sign access tokens: list, rotate, delete',
      'zh-TW': '簽署存取權杖的金鑰：列出、輪替、刪除',
    },
    load: async () => (await import('./commands/admin/keys.ts')).adminKeysCommand,
  },
  'admin administrators': {
    summary: { 'en-US': 'Who may administer the registry', 'zh-TW': '可管理登錄的系統管理員' },
    load: async () => (await import('./commands/admin/administrators.ts')).adminAdministratorsCommand,
  },
  scenarios: {
    summary: {
      'en-US': "Run Microsoft's device deployment scenarios and show request and answer",
      'zh-TW': '執行 Microsoft 的裝置部署案例，並顯示要求與回應',
    },
    load: async () => (await import('./commands/scenarios.ts')).scenariosCommand,
  },
  api: {
    summary: {
      'en-US': 'Call any operation of the API, signed in',
      'zh-TW': '以已登入的身分呼叫任何 API 作業',
    },
    load: async () => (await import('./commands/api.ts')).apiCommand,
  },
  login: {
    summary: { 'en-US': 'Check and store how to reach the service', 'zh-TW': '檢查並儲存連線資訊' },
    load: async () => (await import('./commands/login.ts')).loginCommand,
  },
  completion: {
    summary: { 'en-US': 'Print a completion script for a shell', 'zh-TW': '輸出 Shell 的自動完成指令碼' },
    load: async () => (await import('./commands/completion.ts')).completionCommand,
  },
};
