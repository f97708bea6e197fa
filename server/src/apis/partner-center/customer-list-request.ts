import { customersPerPageMax } from '@muster/contract';
import type { CustomerList, CustomerPageRequest } from '../../registry/customers/read-customers.ts';
import { invalidInput } from './registry-faults.ts';

/** How a client asked for a list of customers, in its own words. */
export interface CustomerListWords {
  readonly size: string | undefined;
  readonly seekOperation: string | undefined;
  readonly filter: string | undefined;
  readonly token: string | undefined;
}

/** Which page of which customers is wanted. A token stands for size and filter, too. Throws InvalidInput. */
export function readCustomerPageRequest(words: CustomerListWords): CustomerPageRequest {
  const { token, size, filter } = words;
  const seek = readSeekOperation(words);
  return {
    seek,
    from: token === undefined ? { size: readSize(size), filter: readFilter(filter) } : { token },
  };
}

/** Without a word, a token means the next page and none the first. */
function readSeekOperation({ seekOperation, token }: CustomerListWords): CustomerPageRequest['seek'] {
  const word = seekOperation?.trim().toLowerCase() ?? '';
  if (word === '') return token === undefined ? 'first' : 'next';
  if (word !== 'first' && word !== 'next' && word !== 'previous' && word !== 'last')
    throw invalidInput('seekOperation', 'notSeekOperation');
  if (token === undefined && (word === 'next' || word === 'previous'))
    throw invalidInput('MS-ContinuationToken', 'seekWithoutToken');
  return word;
}

function readSize(given: string | undefined): number {
  if (given === undefined || given === '') return customersPerPageMax;
  if (!/^\d{1,9}$/.test(given)) throw invalidInput('size', 'notCount');
  // SDKs send 0 to leave the choice to the server. A number that is too large is not an error.
  return Math.min(Number(given) || customersPerPageMax, customersPerPageMax);
}

const everything = { companyNamePrefix: '', domainNamePrefix: '' };

function readFilter(given: string | undefined): CustomerList['filter'] {
  if (given === undefined || given.trim() === '') return everything;
  const { field, operator, value } = readMembers(given);
  if (fold(operator) !== 'startswith') throw invalidInput('filter.Operator', 'notStartsWith');
  // PostgreSQL accepts no NUL in parameters.
  if (typeof value !== 'string' || value.length > 256 || value.includes('\0'))
    throw invalidInput('filter.Value', 'notFilterValue');
  if (fold(field) === 'companyname') return { ...everything, companyNamePrefix: value };
  if (fold(field) === 'domain') return { ...everything, domainNamePrefix: value };
  throw invalidInput('filter.Field', 'notFilterField');
}

function readMembers(given: string): Record<string, unknown> {
  // The .NET SDK encodes the filter, and so does the HTTP stack below it: `%7B` is still there after one decoding.
  const json = /^%7b/i.test(given) ? unescapeOnce(given) : given;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one]));
  } catch {
    // Told below.
  }
  throw invalidInput('filter', 'notJsonObject');
}

function unescapeOnce(escaped: string): string {
  return new URLSearchParams(`v=${escaped}`).get('v') ?? '';
}

function fold(word: unknown): string {
  return typeof word === 'string' ? word.replaceAll('_', '').trim().toLowerCase() : '';
}
