import type { Locale } from '@muster/contract/locale';

/** `{name}` is replaced by a value, and `{name:row|rows}` by the first word if that value is 1, otherwise by the second. */
const english = {
  fileEmpty: '{file} is empty. Use a CSV file with a header row, or JSON.',
  fileWithoutDevices:
    '{file} contains no devices. List one device per line below the header, or as a JSON object.',
  fileBinary: '{file} is not a text file. Use CSV, JSON or NDJSON.',
  fileIsWorkbook:
    '{file} is a spreadsheet workbook. Save it as CSV (UTF-8) first, and make sure that serial numbers keep their leading zeros.',
  fileIsCompressed: '{file} is a {format} archive. Extract it, and use the file inside.',
  fileIsOther: '{file} is a file in {format} format, not a list of devices. Use CSV, JSON or NDJSON.',
  badEncoding: '{file}: line {line} is not valid {encoding}. Save the file as UTF-8.',
  lineTooLong:
    '{file}: line {line} is longer than {limit} characters, so it has a quotation mark that is not closed, or this is not a list of devices.',
  unknownHeader:
    '{file}: the header has no known column (line {line}: {found}). Expected, for example: Device Serial Number,Windows Product ID,Hardware Hash. If the file has no header, add one as the first line. If it names its columns differently, use --columns, for example --columns "serial=Asset,model=Type".',
  columnNotFound:
    '{file}: line {line}: there is no column "{column}", which --columns names. The columns are: {found}.',
  repeatedColumn:
    '{file}: line {line}: the columns "{first}" and "{second}" both stand for the same value ({member}). Keep one of them, or choose one with --columns.',
  equalColumns:
    '{file}: line {line}: two columns have the same name, "{column}" (columns {first} and {second}). Rename or remove one of them in the file.',
  unknownSeparator:
    '{file}: line {line}: the columns are separated by {delimiter}. Use commas, semicolons, tabs or pipes, or write the separator in a first line of its own, such as sep=^.',
  lineQuoted:
    '{file}: line {line} is enclosed in quotation marks as a whole. Remove the quotation marks around the lines.',
  unidentifiableHeader:
    '{file}: line {line}: no column in the header identifies a device ({found}). Required: Hardware Hash, or Windows Product ID, or Device Serial Number + Manufacturer name + Device model. If the file names its columns differently, use --columns, for example --columns "serial=Asset,model=Type".',
  unclosedQuote:
    '{file}: line {line} begins a value with a quotation mark that is not closed where the value ends. Close it.',
  strayQuote:
    '{file}: line {line} has a quotation mark in the wrong place. Put quotation marks around the whole value, and write each one inside it twice, such as "15"" Laptop".',
  swallowedRows:
    '{file}: line {line} begins a value in quotation marks that contains what look like other rows. Close the quotation mark on the line where it belongs.',
  mixedSeparators:
    '{file}: line {line}: the column names contain separators or quotation marks of another kind ({found}). Use one separator in the whole file.',
  badJson: '{file}: line {line} is not valid JSON.',
  jsonNotDevices: '{file}: line {line} is not a device. A JSON object is expected.',
  jsonAmbiguous:
    '{file}: line {line} is an object in which the list of devices cannot be identified ({found}). Use an array of devices, or one list named devices.',
  memberSerialNumber: 'Serial number',
  memberProductKey: 'Product key',
  memberHardwareHash: 'Hardware hash',
  memberManufacturer: 'Manufacturer',
  memberModel: 'Model',
  tooManyCells:
    'The row has {cells} cells, but the header has {columns}. Put quotation marks around values that contain the separator, such as "Dell, Inc.".',
  tooFewCells:
    'The row has {cells} {cells:cell|cells}, but the header has {columns}. Separate all of its values with "{delimiter}", also where a value is empty.',
  valueTooLong: '{column} is longer than {limit} characters.',
  valueUnprintable: '{column} contains nonprintable characters.',
  cellWithoutColumn:
    'Column {column} has a value but no name. Put quotation marks around values that contain the separator, such as "Dell, Inc.", or name the column.',
  valueInvisible:
    '{column} "{value}" contains an invisible character, such as a zero-width space. Type the value again.',
  valueQuoted: '{column} {value} has quotation marks of its own. Remove them.',
  valueSeparator: '{column} "{value}" begins or ends with a separator. Use one separator in the whole file.',
  valueFormula:
    '{column} "{value}" is a spreadsheet formula or its error, not a value. Enter the value itself.',
  valueRounded:
    '{column} "{value}" was rounded by a spreadsheet program or rewritten as a number or a date. Use the value from the original file, formatted as text.',
  valueObject:
    '{column} "{value}" is the text that a program writes in place of a value. Enter the value itself.',
  valueGarbled:
    '{column} "{value}" contains characters that another program replaced or read in the wrong encoding. Use the value from the original file, saved as UTF-8.',
  valueShifted:
    '{column} "{value}" looks like the end of a company name, so a comma has split the manufacturer. Put quotation marks around values that contain the separator, such as "Dell, Inc.".',
  memberTwice: '{column} occurs twice with different values. Keep only one.',
  valueNotText: '{column} is not text.',
  checkDuplicate: 'Same device as line {where}. Only the first one counts.',
  checkLostDifference:
    'The same value as in line {where}, but both were damaged by a program and may belong to different devices. Use the values from the original file.',
  checkMissingKey:
    'Nothing in this row identifies the device. Missing: {missing}; or instead a hardware hash or a product key.',
  checkOpaqueHash:
    'The hardware hash has a format that cannot be read here. The service may still accept it.',
  checkPlaceholder:
    '{column} "{value}" is a default that the manufacturer did not fill in. It does not identify a device.',
  checkDiffers: '{column} is "{given}", but the hardware hash says "{decoded}".',
  hashNotBase64:
    'The hardware hash contains invalid characters. Collect it again on the device, and do not open the file in a spreadsheet program.',
  hashTooShort:
    'The hardware hash is too short: it is in the old 128-byte format, or was cut off when it was copied. Collect it again on Windows 10, version 1703 or later.',
  hashTruncated:
    'The hardware hash is truncated or damaged. Collect it again on the device, and do not open the file in a spreadsheet program.',
  hashChecksum:
    'The hardware hash was changed after it was created: its checksum is wrong. Collect it again on the device.',
  hashNoSerialNumber:
    'The hardware hash contains no serial number. Have the manufacturer set it in the firmware, then collect the hash again.',
  hashNoManufacturer:
    'The hardware hash contains no manufacturer. Have the manufacturer set it in the firmware, then collect the hash again.',
} as const;

/** The name of a message about a file or a row. */
export type MessageKey = keyof typeof english;

const traditionalChinese: Readonly<Record<MessageKey, string>> = {
  fileEmpty: '{file} 是空的。請使用有標題列的 CSV 檔案或 JSON。',
  fileWithoutDevices: '{file} 不含任何裝置。請在標題列下每行列出一部裝置，或以 JSON 物件列出。',
  fileBinary: '{file} 不是文字檔。請使用 CSV、JSON 或 NDJSON。',
  fileIsWorkbook: '{file} 是試算表活頁簿。請先另存為 CSV（UTF-8），並確認序號保留了開頭的零。',
  fileIsCompressed: '{file} 是 {format} 封存檔。請先解壓縮，再使用其中的檔案。',
  fileIsOther: '{file} 是 {format} 格式的檔案，不是裝置清單。請使用 CSV、JSON 或 NDJSON。',
  badEncoding: '{file}：第 {line} 行不是有效的 {encoding}。請將檔案儲存為 UTF-8。',
  lineTooLong: '{file}：第 {line} 行超過 {limit} 個字元，因此該行的引號沒有結束，或這不是裝置清單。',
  unknownHeader:
    '{file}：標題列中沒有已知的欄位（第 {line} 行：{found}）。例如應為：Device Serial Number,Windows Product ID,Hardware Hash。若檔案沒有標題列，請在第一行加上標題列。若欄位使用其他名稱，請使用 --columns，例如 --columns "serial=Asset,model=Type"。',
  columnNotFound: '{file}：第 {line} 行沒有 --columns 所指定的「{column}」欄。現有欄位：{found}。',
  repeatedColumn:
    '{file}：第 {line} 行的「{first}」與「{second}」欄位代表相同的值：{member}。請只保留一個，或以 --columns 指定其中一個。',
  equalColumns:
    '{file}：第 {line} 行有兩個名稱相同的欄位「{column}」（第 {first} 欄與第 {second} 欄）。請在檔案中重新命名或移除其中一個。',
  unknownSeparator:
    '{file}：第 {line} 行的欄位以 {delimiter} 分隔。請使用逗號、分號、Tab 或直線符號，或在第一行單獨寫明分隔符號，例如 sep=^。',
  lineQuoted: '{file}：第 {line} 行整行都以引號括住。請移除各行外圍的引號。',
  unidentifiableHeader:
    '{file}：第 {line} 行的標題列中沒有可識別裝置的欄位（{found}）。需要下列其中之一：Hardware Hash、Windows Product ID，或 Device Serial Number＋Manufacturer name＋Device model。若欄位使用其他名稱，請使用 --columns，例如 --columns "serial=Asset,model=Type"。',
  unclosedQuote: '{file}：第 {line} 行有一個值以引號開頭，但引號沒有在值的結尾處結束。請補上結束的引號。',
  strayQuote:
    '{file}：第 {line} 行的引號位置不正確。請用引號括住整個值，值內的每個引號須寫兩次，例如 "15"" Laptop"。',
  swallowedRows: '{file}：從第 {line} 行開始的引號內含有看似其他資料列的內容。請在正確的行結束引號。',
  mixedSeparators:
    '{file}：第 {line} 行的欄位名稱含有其他分隔符號或引號（{found}）。整個檔案請使用同一種分隔符號。',
  badJson: '{file}：第 {line} 行不是有效的 JSON。',
  jsonNotDevices: '{file}：第 {line} 行不是裝置，應為 JSON 物件。',
  jsonAmbiguous:
    '{file}：無法判斷第 {line} 行的物件中哪一個是裝置清單（{found}）。請使用裝置陣列，或名為 devices 的單一清單。',
  memberSerialNumber: '序號',
  memberProductKey: '產品金鑰',
  memberHardwareHash: '硬體雜湊',
  memberManufacturer: '製造商',
  memberModel: '型號',
  tooManyCells:
    '此資料列有 {cells} 個儲存格，但標題列只有 {columns} 個。含有分隔符號的值請加上引號，例如 "Dell, Inc."。',
  tooFewCells:
    '此資料列有 {cells} 個儲存格，但標題列有 {columns} 個。請以「{delimiter}」分隔所有的值，空白的值也要分隔。',
  valueTooLong: '{column}超過 {limit} 個字元。',
  valueUnprintable: '{column}含有無法列印的字元。',
  cellWithoutColumn:
    '第 {column} 欄有值，但沒有欄位名稱。請用引號括住含有分隔符號的值，例如 "Dell, Inc."，或為該欄命名。',
  valueInvisible: '{column}「{value}」含有看不見的字元，例如零寬度空格。請重新輸入此值。',
  valueQuoted: '{column} {value} 本身含有引號。請移除引號。',
  valueSeparator: '{column}「{value}」的開頭或結尾是分隔符號。整個檔案請使用同一種分隔符號。',
  valueFormula: '{column}「{value}」是試算表公式或其錯誤，不是值。請輸入實際的值。',
  valueRounded:
    '{column}「{value}」已被試算表程式四捨五入，或改寫為數字或日期。請使用原始檔案中的值，並設為文字格式。',
  valueObject: '{column}「{value}」是程式在沒有值時寫入的文字。請輸入實際的值。',
  valueGarbled:
    '{column}「{value}」含有被其他程式取代、或以錯誤編碼讀取的字元。請使用原始檔案中的值，並儲存為 UTF-8。',
  valueShifted:
    '{column}「{value}」看似公司名稱的結尾，表示製造商名稱被逗號分開了。請用引號括住含有分隔符號的值，例如 "Dell, Inc."。',
  memberTwice: '{column}出現兩次，且值不同。請只保留一個。',
  valueNotText: '{column}不是文字。',
  checkDuplicate: '與檔案行號 {where} 為同一部裝置，僅以第一筆為準。',
  checkLostDifference:
    '與檔案行號 {where} 的值相同，但兩者都已被程式破壞，可能是不同的裝置。請使用原始檔案中的值。',
  checkMissingKey: '此資料列不足以識別裝置。缺少：{missing}；或者改為提供硬體雜湊或產品金鑰。',
  checkOpaqueHash: '無法在此解讀這種格式的硬體雜湊；服務仍可能接受。',
  checkPlaceholder: '{column}「{value}」是廠商未填寫的預設值，無法識別裝置。',
  checkDiffers: '{column}為「{given}」，但硬體雜湊中為「{decoded}」。',
  hashNotBase64: '硬體雜湊含有無效的字元。請在裝置上重新擷取，且不要以試算表程式開啟檔案。',
  hashTooShort:
    '硬體雜湊過短：為舊的 128 位元組格式，或複製不完整。請在 Windows 10 版本 1703 或更新版本上重新擷取。',
  hashTruncated: '硬體雜湊不完整或已損毀。請在裝置上重新擷取，且不要以試算表程式開啟檔案。',
  hashChecksum: '硬體雜湊在建立後遭到變更：總和檢查碼不符。請在裝置上重新擷取。',
  hashNoSerialNumber: '硬體雜湊不含序號。請製造商在韌體中設定序號，然後重新擷取。',
  hashNoManufacturer: '硬體雜湊不含製造商。請製造商在韌體中設定製造商名稱，然後重新擷取。',
};

/** The messages about files and rows, in every language. */
export const fileMessages = { 'en-US': english, 'zh-TW': traditionalChinese } as const satisfies Readonly<
  Record<Locale, Readonly<Record<MessageKey, string>>>
>;
