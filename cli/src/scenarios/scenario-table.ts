import {
  type ConfigurationPolicyCreationRequest,
  type CustomerOperations,
  type PolicyReference,
  type PolicySetting,
} from '@muster/sdk';
import type { Localized } from '../messages/message.ts';

/** Something a scenario needs to know. */
export interface ScenarioInput {
  readonly name: string;
  readonly question: Localized;
  /** Used when the answer is empty; an input without one must be answered. */
  readonly fallback?: string;
}

/** One of Microsoft's device deployment scenarios, as their console test app has them. */
export interface Scenario {
  /** The name of Microsoft's sample class. */
  readonly name: string;
  readonly summary: Localized;
  readonly inputs: readonly ScenarioInput[];
  run(customer: CustomerOperations, inputs: Readonly<Record<string, string>>): Promise<unknown>;
}

const batchIdInput: ScenarioInput = {
  name: 'batchId',
  question: { 'en-US': 'Device batch', 'zh-TW': '裝置批次' },
};
const trackingIdInput: ScenarioInput = {
  name: 'trackingId',
  question: { 'en-US': 'Batch tracking id', 'zh-TW': '批次追蹤識別碼' },
};
const deviceIdInput: ScenarioInput = {
  name: 'deviceId',
  question: { 'en-US': 'Device id', 'zh-TW': '裝置識別碼' },
};
const policyIdInput: ScenarioInput = {
  name: 'policyId',
  question: { 'en-US': 'Configuration policy id', 'zh-TW': '設定原則識別碼' },
};
const policyInputs: readonly ScenarioInput[] = [
  { name: 'policyName', question: { 'en-US': 'Policy name', 'zh-TW': '原則名稱' } },
  {
    name: 'policySettings',
    question: { 'en-US': 'Settings, separated by commas', 'zh-TW': '設定（以逗號分隔）' },
    fallback: 'oobe_user_not_local_admin,skip_eula',
  },
];
const deviceInputs: readonly ScenarioInput[] = [
  { name: 'serialNumber', question: { 'en-US': 'Serial number', 'zh-TW': '序號' }, fallback: '' },
  { name: 'productKey', question: { 'en-US': 'Product key', 'zh-TW': '產品金鑰' }, fallback: '' },
  { name: 'hardwareHash', question: { 'en-US': 'Hardware hash', 'zh-TW': '硬體雜湊' }, fallback: '' },
  { name: 'oemManufacturerName', question: { 'en-US': 'Manufacturer', 'zh-TW': '製造商' }, fallback: '' },
  { name: 'modelName', question: { 'en-US': 'Model', 'zh-TW': '型號' }, fallback: '' },
];

/** The device that was described; members that were left empty are left out. */
function toDevice(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const members = deviceInputs.map(({ name }) => [name, inputs[name] ?? ''] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== ''));
}

/** The policy that was described. What is no setting is sent all the same: the service's answer to it is worth seeing. */
function toPolicyRequest(inputs: Readonly<Record<string, string>>): ConfigurationPolicyCreationRequest {
  const settings = (inputs.policySettings ?? '').split(',').map((setting) => setting.trim());
  return {
    name: inputs.policyName ?? '',
    category: 'o_o_b_e',
    policySettings: settings.filter((setting) => setting !== '') as PolicySetting[],
  };
}

function toPolicies(policyId: string | undefined): PolicyReference[] {
  return [{ key: 'o_o_b_e', ...(policyId !== undefined && policyId !== '' && { value: policyId }) }];
}

/** Microsoft's device deployment scenarios, under the names of their console test app. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'CreateDeviceBatch',
    summary: { 'en-US': 'Create a device batch with one device', 'zh-TW': '建立含一部裝置的裝置批次' },
    inputs: [batchIdInput, ...deviceInputs],
    run: (customer, inputs) =>
      customer.deviceBatches.create({ batchId: inputs.batchId ?? '', devices: [toDevice(inputs)] }),
  },
  {
    name: 'CreateDevices',
    summary: { 'en-US': 'Add a device to an existing batch', 'zh-TW': '將裝置新增至現有批次' },
    inputs: [batchIdInput, ...deviceInputs],
    run: (customer, inputs) =>
      customer.deviceBatches.byId(inputs.batchId ?? '').devices.create([toDevice(inputs)]),
  },
  {
    name: 'GetBatchUploadStatus',
    summary: { 'en-US': 'Get the status of a device batch upload', 'zh-TW': '取得裝置批次上傳的狀態' },
    inputs: [trackingIdInput],
    run: (customer, inputs) => customer.batchUploadStatus.byId(inputs.trackingId ?? '').get(),
  },
  {
    name: 'GetDevicesBatches',
    summary: { 'en-US': 'Get the device batches of the customer', 'zh-TW': '取得客戶的裝置批次' },
    inputs: [],
    run: (customer) => customer.deviceBatches.list().toArray(),
  },
  {
    name: 'GetDevices',
    summary: { 'en-US': 'Get the devices of a batch', 'zh-TW': '取得批次的裝置' },
    inputs: [batchIdInput],
    run: (customer, inputs) =>
      customer.deviceBatches
        .byId(inputs.batchId ?? '')
        .devices.list()
        .toArray(),
  },
  {
    name: 'CreateConfigurationPolicy',
    summary: { 'en-US': 'Create a configuration policy', 'zh-TW': '建立設定原則' },
    inputs: policyInputs,
    run: (customer, inputs) => customer.configurationPolicies.create(toPolicyRequest(inputs)),
  },
  {
    name: 'GetAllConfigurationPolicies',
    summary: { 'en-US': 'Get the configuration policies of the customer', 'zh-TW': '取得客戶的設定原則' },
    inputs: [],
    run: (customer) => customer.configurationPolicies.list().toArray(),
  },
  {
    name: 'GetConfigurationPolicy',
    summary: { 'en-US': 'Get a configuration policy', 'zh-TW': '取得設定原則' },
    inputs: [policyIdInput],
    run: (customer, inputs) => customer.configurationPolicies.byId(inputs.policyId ?? '').get(),
  },
  {
    name: 'UpdateConfigurationPolicy',
    summary: { 'en-US': 'Update a configuration policy', 'zh-TW': '更新設定原則' },
    inputs: [policyIdInput, ...policyInputs],
    run: (customer, inputs) =>
      customer.configurationPolicies.byId(inputs.policyId ?? '').update(toPolicyRequest(inputs)),
  },
  {
    name: 'DeleteConfigurationPolicy',
    summary: { 'en-US': 'Delete a configuration policy', 'zh-TW': '刪除設定原則' },
    inputs: [policyIdInput],
    run: (customer, inputs) => customer.configurationPolicies.byId(inputs.policyId ?? '').delete(),
  },
  {
    name: 'UpdateDevicesPolicy',
    summary: { 'en-US': 'Assign a policy to a device, as a job', 'zh-TW': '以作業將原則指派給裝置' },
    inputs: [deviceIdInput, { ...policyIdInput, fallback: '' }],
    run: (customer, inputs) =>
      customer.devicePolicy.update({
        devices: [{ id: inputs.deviceId ?? '', policies: toPolicies(inputs.policyId) }],
      }),
  },
  {
    name: 'UpdateDevice',
    summary: { 'en-US': 'Assign a policy to one device at once', 'zh-TW': '立即將原則指派給一部裝置' },
    inputs: [batchIdInput, deviceIdInput, { ...policyIdInput, fallback: '' }],
    run: (customer, inputs) =>
      customer.deviceBatches
        .byId(inputs.batchId ?? '')
        .devices.byId(inputs.deviceId ?? '')
        .update({ policies: toPolicies(inputs.policyId) }),
  },
  {
    name: 'DeleteDevice',
    summary: { 'en-US': 'Remove a device', 'zh-TW': '刪除裝置' },
    inputs: [batchIdInput, deviceIdInput],
    run: (customer, inputs) =>
      customer.deviceBatches
        .byId(inputs.batchId ?? '')
        .devices.byId(inputs.deviceId ?? '')
        .delete(),
  },
];

/** A scenario by its name, whatever its letter case, or by its place in the menu, from 1. */
export function findScenario(nameOrNumber: string): Scenario | undefined {
  const folded = nameOrNumber.toLowerCase();
  return scenarios.find(({ name }, at) => name.toLowerCase() === folded || String(at + 1) === folded);
}
