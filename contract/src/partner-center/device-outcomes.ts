import type { Locale } from '../locale.ts';

interface DeviceOutcomeEntry {
  /** The decimal number as a string; undefined where Microsoft publishes none (`docs/domain.md` 1.1). */
  readonly errorCode: string | undefined;
  /** Whether the same upload can succeed later without a change to it. */
  readonly isRetryable: boolean;
  readonly meaning: Readonly<Record<Locale, string>>;
  readonly remedy: Readonly<Record<Locale, string>>;
}

/** Why a device of a job did not succeed, under the symbolic names that go out as `errorDescription`. */
export const deviceOutcomes = {
  StorageError: {
    errorCode: '640',
    isRetryable: true,
    meaning: { 'en-US': 'The registry could not store the result.', 'zh-TW': '登錄服務無法儲存結果。' },
    remedy: { 'en-US': 'Upload this device again.', 'zh-TW': '請重新上傳此裝置。' },
  },
  InvalidZtdHardwareHash: {
    errorCode: '802',
    isRetryable: false,
    meaning: {
      'en-US':
        'The hardware hash cannot be used: it is damaged, too short, or lacks serial number or manufacturer.',
      'zh-TW': '硬體雜湊無法使用：已損毀、過短，或缺少序號或製造商。',
    },
    remedy: {
      'en-US': 'Collect the hash again on the device itself, and do not open the file in a spreadsheet.',
      'zh-TW': '請在裝置上重新擷取硬體雜湊，且勿以試算表程式開啟檔案。',
    },
  },
  MissingZtdSerialNumberAndProductKey: {
    errorCode: '803',
    isRetryable: false,
    meaning: { 'en-US': 'Nothing here identifies the device.', 'zh-TW': '資料不足以識別此裝置。' },
    remedy: {
      'en-US':
        'Give the hardware hash, or the product key, or serial number + manufacturer + model (real values, not placeholders).',
      'zh-TW': '請提供硬體雜湊、產品金鑰，或序號＋製造商＋型號（須為真實值，而非預留位置）。',
    },
  },
  ZtdDeviceAlreadyAssigned: {
    errorCode: '806',
    isRetryable: false,
    meaning: {
      'en-US': 'The device is registered to this customer already.',
      'zh-TW': '此裝置已註冊至這個客戶。',
    },
    remedy: {
      'en-US': 'Nothing to do. To move it to another batch, delete it first.',
      'zh-TW': '無須處理。若要移至其他批次，請先刪除。',
    },
  },
  ZtdDeviceIsNotRegistered: {
    errorCode: '807',
    isRetryable: false,
    meaning: {
      'en-US': 'No such device is registered to this customer.',
      'zh-TW': '此客戶沒有註冊這部裝置。',
    },
    remedy: {
      'en-US': 'Register the device first, or check its device id.',
      'zh-TW': '請先註冊裝置，或檢查裝置識別碼。',
    },
  },
  ZtdDeviceAssignedToOtherTenant: {
    errorCode: '808',
    isRetryable: false,
    meaning: {
      'en-US': 'The device is registered to another customer.',
      'zh-TW': '此裝置已註冊至其他客戶。',
    },
    remedy: {
      'en-US': 'Ask the supplier or the former owner to deregister it, then upload it again.',
      'zh-TW': '請供應商或前擁有者取消註冊，然後重新上傳。',
    },
  },
  ZtdProfileIsNotRegistered: {
    errorCode: '809',
    isRetryable: false,
    meaning: { 'en-US': 'There is no such configuration policy.', 'zh-TW': '沒有這個設定原則。' },
    remedy: {
      'en-US': 'Use the id of an existing configuration policy of this customer.',
      'zh-TW': '請使用此客戶現有設定原則的識別碼。',
    },
  },
  ZtdProfileAssignedToOtherTenant: {
    errorCode: '810',
    isRetryable: false,
    meaning: {
      'en-US': 'The configuration policy belongs to another customer.',
      'zh-TW': '此設定原則屬於其他客戶。',
    },
    remedy: {
      'en-US': 'Create the policy for this customer and use its id.',
      'zh-TW': '請為此客戶建立原則並使用其識別碼。',
    },
  },
  ZtdDeviceIsNotUnique: {
    errorCode: '813',
    isRetryable: false,
    meaning: {
      'en-US': 'What was given fits two different registered devices.',
      'zh-TW': '所提供的資料符合兩部不同的已註冊裝置。',
    },
    remedy: {
      'en-US':
        'Collect the hash again and leave out values copied from another machine; report repeated serial numbers to the maker.',
      'zh-TW': '請重新擷取硬體雜湊，移除自其他電腦複製的值；若序號重複，請回報製造商。',
    },
  },
  ZtdDeviceDuplicated: {
    errorCode: undefined,
    isRetryable: false,
    meaning: {
      'en-US': 'The device stands more than once in this upload; the first one counts.',
      'zh-TW': '此裝置在本次上傳中重複；以第一筆為準。',
    },
    remedy: {
      'en-US': 'Look at the result of the first one; remove this line.',
      'zh-TW': '請查看第一筆的結果，並移除此列。',
    },
  },
} as const satisfies Record<string, DeviceOutcomeEntry>;

/** The symbolic name of a device's failure. */
export type DeviceFailure = keyof typeof deviceOutcomes;

/** Whether a text is the symbolic name of a failure in the catalogue. */
export function isDeviceFailure(name: string): name is DeviceFailure {
  return Object.hasOwn(deviceOutcomes, name);
}
