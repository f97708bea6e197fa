import type { PolicySetting } from '@muster/contract/configuration-policy';
import type { ConfigurationPolicyCreationRequest, PolicyReference } from '@muster/sdk';
import type { ScenarioInput } from './scenario.ts';

export const batchIdInput: ScenarioInput = {
  name: 'batchId',
  question: { 'en-US': 'Device batch', 'zh-TW': '裝置批次' },
};
export const trackingIdInput: ScenarioInput = {
  name: 'trackingId',
  question: { 'en-US': 'Batch tracking id', 'zh-TW': '批次追蹤識別碼' },
};
export const deviceIdInput: ScenarioInput = {
  name: 'deviceId',
  question: { 'en-US': 'Device id', 'zh-TW': '裝置識別碼' },
};
export const policyIdInput: ScenarioInput = {
  name: 'policyId',
  question: { 'en-US': 'Configuration policy id', 'zh-TW': '設定原則識別碼' },
};
export const policyInputs: readonly ScenarioInput[] = [
  { name: 'policyName', question: { 'en-US': 'Policy name', 'zh-TW': '原則名稱' } },
  {
    name: 'policySettings',
    question: { 'en-US': 'Settings, parted by commas', 'zh-TW': '設定（以逗號分隔）' },
    fallback: 'oobe_user_not_local_admin,skip_eula',
  },
];
export const deviceInputs: readonly ScenarioInput[] = [
  { name: 'serialNumber', question: { 'en-US': 'Serial number', 'zh-TW': '序號' }, fallback: '' },
  { name: 'productKey', question: { 'en-US': 'Product key', 'zh-TW': '產品金鑰' }, fallback: '' },
  { name: 'hardwareHash', question: { 'en-US': 'Hardware hash', 'zh-TW': '硬體雜湊' }, fallback: '' },
  { name: 'oemManufacturerName', question: { 'en-US': 'Manufacturer', 'zh-TW': '製造商' }, fallback: '' },
  { name: 'modelName', question: { 'en-US': 'Model', 'zh-TW': '型號' }, fallback: '' },
];

/** The device that was described; members that were left empty are left out. */
export function toDevice(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const members = deviceInputs.map(({ name }) => [name, inputs[name] ?? ''] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== ''));
}

/** The policy that was described. What is no setting is sent all the same: the service's answer to it is worth seeing. */
export function toPolicyRequest(
  inputs: Readonly<Record<string, string>>,
): ConfigurationPolicyCreationRequest {
  const settings = (inputs.policySettings ?? '').split(',').map((setting) => setting.trim());
  return {
    name: inputs.policyName ?? '',
    category: 'o_o_b_e',
    policySettings: settings.filter((setting) => setting !== '') as PolicySetting[],
  };
}

export function toPolicies(policyId: string | undefined): PolicyReference[] {
  return [{ key: 'o_o_b_e', ...(policyId !== undefined && policyId !== '' && { value: policyId }) }];
}
