import type { Options } from '../../command.ts';

/** The five settings of a configuration policy. */
const settings = [
  'remove_oem_preinstalls',
  'oobe_user_not_local_admin',
  'skip_express_settings',
  'skip_oem_registration',
  'skip_eula',
] as const;

export const policyOptions = {
  name: {
    type: 'string',
    value: 'NAME',
    description: { 'en-US': 'The name of the policy', 'zh-TW': '原則名稱' },
  },
  description: {
    type: 'string',
    value: 'TEXT',
    description: { 'en-US': 'What it is for', 'zh-TW': '用途說明' },
  },
  setting: {
    type: 'string',
    short: 's',
    multiple: true,
    value: 'NAME',
    choices: settings,
    description: {
      'en-US': `A setting, as often as needed: ${settings.join(', ')}`,
      'zh-TW': `設定，可重複：${settings.join('、')}`,
    },
  },
} as const satisfies Options;
