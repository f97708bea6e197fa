import {
  batchIdInput,
  deviceIdInput,
  deviceInputs,
  policyIdInput,
  policyInputs,
  toDevice,
  toPolicies,
  toPolicyRequest,
  trackingIdInput,
} from './inputs.ts';
import type { Scenario } from './scenario.ts';

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
    summary: { 'en-US': 'Change a configuration policy', 'zh-TW': '更新設定原則' },
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
