import { phrase, type Phrase } from '../locale.ts';

interface DeviceOutcomeEntry {
  /** The decimal number as a string; undefined if Microsoft publishes none (`docs/domain.md` 1.1). */
  readonly errorCode: string | undefined;
  /** Whether the same upload can succeed later without a change. */
  readonly isRetryable: boolean;
  readonly meaning: Phrase;
  readonly remedy: Phrase;
}

/** Why a device failed, by the symbolic name that the API returns as `errorDescription`. */
export const deviceOutcomes = {
  StorageError: {
    errorCode: '640',
    isRetryable: true,
    meaning: phrase('The registry could not store the result.', '登錄服務無法儲存結果。'),
    remedy: phrase('Upload this device again.', '請重新上傳此裝置。'),
  },
  InvalidZtdHardwareHash: {
    errorCode: '802',
    isRetryable: false,
    meaning: phrase(
      'The hardware hash is damaged, too short, or has no serial number or manufacturer.',
      '無法使用此硬體雜湊：資料已損毀、過短，或缺少序號或製造商。',
    ),
    remedy: phrase(
      'Collect the hash again on the device itself. Do not open the file in a spreadsheet program.',
      '請在裝置上重新擷取硬體雜湊，且請勿使用試算表程式開啟檔案。',
    ),
  },
  MissingZtdSerialNumberAndProductKey: {
    errorCode: '803',
    isRetryable: false,
    meaning: phrase('The data does not identify a device.', '資料不足以識別此裝置。'),
    remedy: phrase(
      'Provide the hardware hash, the product key, or serial number + manufacturer + model (real values, not placeholders).',
      '請提供硬體雜湊、產品金鑰，或序號、製造商及型號（須為真實值，而非廠商未填寫的預設值）。',
    ),
  },
  ZtdDeviceAlreadyAssigned: {
    errorCode: '806',
    isRetryable: false,
    meaning: phrase('The device is already registered to this customer.', '此裝置已註冊至這個客戶。'),
    remedy: phrase(
      'No action is needed. To move the device to another batch, delete it first.',
      '無須處理。若要移至其他批次，請先刪除。',
    ),
  },
  ZtdDeviceIsNotRegistered: {
    errorCode: '807',
    isRetryable: false,
    meaning: phrase('The device is not registered to this customer.', '此裝置未註冊至這個客戶。'),
    remedy: phrase('Register the device first, or check its device ID.', '請先註冊裝置，或檢查裝置識別碼。'),
  },
  ZtdDeviceAssignedToOtherTenant: {
    errorCode: '808',
    isRetryable: false,
    meaning: phrase('The device is registered to another customer.', '此裝置已註冊至其他客戶。'),
    remedy: phrase(
      'Ask the supplier or the former owner to deregister it, then upload it again.',
      '請供應商或前擁有者取消註冊，然後重新上傳。',
    ),
  },
  ZtdProfileIsNotRegistered: {
    errorCode: '809',
    isRetryable: false,
    meaning: phrase('The configuration policy does not exist.', '沒有這個設定原則。'),
    remedy: phrase(
      'Use the ID of a configuration policy of this customer.',
      '請使用此客戶現有設定原則的識別碼。',
    ),
  },
  ZtdProfileAssignedToOtherTenant: {
    errorCode: '810',
    isRetryable: false,
    meaning: phrase('The configuration policy belongs to another customer.', '此設定原則屬於其他客戶。'),
    remedy: phrase(
      'Create the policy for this customer and use its ID.',
      '請為此客戶建立原則並使用其識別碼。',
    ),
  },
  ZtdDeviceIsNotUnique: {
    errorCode: '813',
    isRetryable: false,
    meaning: phrase(
      'The data matches two different registered devices.',
      '資料同時符合兩部不同的已註冊裝置。',
    ),
    remedy: phrase(
      'Collect the hash again and remove values that were copied from another device. If serial numbers repeat, report them to the manufacturer.',
      '請重新擷取硬體雜湊，並移除從其他裝置複製的值；若序號重複，請回報製造商。',
    ),
  },
  ZtdDeviceDuplicated: {
    errorCode: undefined,
    isRetryable: false,
    meaning: phrase(
      'The device is listed more than once in this upload. Only the first one is processed.',
      '此裝置在本次上傳中重複出現，僅處理第一筆。',
    ),
    remedy: phrase(
      'See the result of the first one, and remove this row.',
      '請查看第一筆的結果，並移除此資料列。',
    ),
  },
} as const satisfies Record<string, DeviceOutcomeEntry>;

/** The symbolic name of a device's failure. */
export type DeviceFailure = keyof typeof deviceOutcomes;

/** Whether a text is the symbolic name of a failure in the catalog. */
export function isDeviceFailure(name: string): name is DeviceFailure {
  return Object.hasOwn(deviceOutcomes, name);
}
