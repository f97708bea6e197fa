import { WireError, customersPerPageMax } from '@muster/contract';
import type { CustomerFilter } from '../../store/registry/customers.ts';

const problems = {
  seekOperation: {
    'en-US': 'must be one of First, Next, Previous, Last',
    'zh-TW': '必須是 First、Next、Previous、Last 其中之一',
  },
  token: {
    'en-US': 'is missing: Next and Previous need the token of a page',
    'zh-TW': '遺失：Next 與 Previous 需要頁面的接續權杖',
  },
  size: { 'en-US': 'must be a whole number, 0 or more', 'zh-TW': '必須是 0 以上的整數' },
  filter: { 'en-US': 'must be a JSON object', 'zh-TW': '必須是 JSON 物件' },
  field: { 'en-US': 'must be CompanyName or Domain', 'zh-TW': '必須是 CompanyName 或 Domain' },
  operator: { 'en-US': 'must be starts_with', 'zh-TW': '必須是 starts_with' },
  value: {
    'en-US': 'must be text of at most 256 characters, without NUL',
    'zh-TW': '必須是最多 256 個字元的文字，且不含 NUL 字元',
  },
};

/** How a client asked for a list of customers, in its own words. */
export interface CustomerListWords {
  readonly size: string | undefined;
  readonly seekOperation: string | undefined;
  readonly filter: string | undefined;
  readonly token: string | undefined;
}

/** Which way to go from the page whose token was sent. */
export type SeekOperation = 'first' | 'next' | 'previous' | 'last';

/** What the first page of a list was asked for; its token carries it on, because clients send it only once. */
export interface CustomerList {
  readonly size: number;
  readonly filter: Omit<CustomerFilter, 'partnerId'>;
}

/** The size and the filter of a first page. Throws InvalidInput. */
export function readCustomerList({ size, filter }: CustomerListWords): CustomerList {
  return { size: readSize(size), filter: readFilter(filter) };
}

/** Throws InvalidInput. Without a word, a token means the next page and none the first. */
export function readSeekOperation({ seekOperation, token }: CustomerListWords): SeekOperation {
  const word = seekOperation?.trim().toLowerCase() ?? '';
  if (word === '') return token === undefined ? 'first' : 'next';
  if (word !== 'first' && word !== 'next' && word !== 'previous' && word !== 'last')
    throw new WireError('InvalidInput', { member: 'seekOperation', problem: problems.seekOperation });
  if (token === undefined && (word === 'next' || word === 'previous'))
    throw new WireError('InvalidInput', { member: 'MS-ContinuationToken', problem: problems.token });
  return word;
}

function readSize(text: string | undefined): number {
  if (text === undefined || text === '') return customersPerPageMax;
  if (!/^\d{1,9}$/.test(text))
    throw new WireError('InvalidInput', { member: 'size', problem: problems.size });
  // 0 is the SDKs' "whatever the server likes"; more than a page holds is no fault.
  return Math.min(Number(text) || customersPerPageMax, customersPerPageMax);
}

const everything = { companyNamePrefix: '', domainNamePrefix: '' };

function readFilter(text: string | undefined): CustomerList['filter'] {
  if (text === undefined || text.trim() === '') return everything;
  const { field, operator, value } = readMembers(text);
  if (fold(operator) !== 'startswith')
    throw new WireError('InvalidInput', { member: 'filter.Operator', problem: problems.operator });
  // PostgreSQL takes no NUL in a question.
  if (typeof value !== 'string' || value.length > 256 || value.includes('\0'))
    throw new WireError('InvalidInput', { member: 'filter.Value', problem: problems.value });
  if (fold(field) === 'companyname') return { ...everything, companyNamePrefix: value };
  if (fold(field) === 'domain') return { ...everything, domainNamePrefix: value };
  throw new WireError('InvalidInput', { member: 'filter.Field', problem: problems.field });
}

function readMembers(text: string): Record<string, unknown> {
  // The .NET SDK encodes the filter, and so does the HTTP stack below it: `%7B` is still there after one decoding.
  const json = /^%7b/i.test(text) ? unescapeOnce(text) : text;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one]));
  } catch {
    // Told below.
  }
  throw new WireError('InvalidInput', { member: 'filter', problem: problems.filter });
}

function unescapeOnce(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

function fold(word: unknown): string {
  return typeof word === 'string' ? word.replaceAll('_', '').trim().toLowerCase() : '';
}
