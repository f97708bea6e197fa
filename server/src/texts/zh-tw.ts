import type { TextName } from './en-us.ts';

export const zhTW: Readonly<Record<TextName, string>> = {
  blank: '不得空白',
  dots: '不可為「.」或「..」：用戶端無法傳送這種路徑',
  notSeekOperation: '必須是 First、Next、Previous、Last 其中之一',
  seekWithoutToken: '遺失：Next 與 Previous 需要頁面的接續權杖',
  notCount: '必須是 0 以上的整數',
  notJsonObject: '必須是 JSON 物件',
  notFilterField: '必須是 CompanyName 或 Domain',
  notStartsWith: '必須是 starts_with',
  notFilterValue: '必須是最多 256 個字元的文字，且不含 NUL 字元',
  foreignPageToken: '不是此清單的接續權杖；請移除後從頭開始',
  noDevices: '沒有裝置；請至少提供一部',
  unknownPolicy: '不是此客戶的設定原則',
  theList: '清單',
};
