import { WireError, type FaultValue } from '@muster/contract';

const noDevices = { 'en-US': 'has no devices; give at least one', 'zh-TW': '沒有裝置；請至少提供一部' };

/** Throws InvalidInput for an empty list and TooManyDevices for a long one; `member` is how the list is named there. */
export function checkDeviceCount(devices: readonly unknown[], limit: number, member: FaultValue): void {
  if (devices.length === 0) throw new WireError('InvalidInput', { member, problem: noDevices });
  if (devices.length > limit) throw new WireError('TooManyDevices', { member, count: devices.length, limit });
}
