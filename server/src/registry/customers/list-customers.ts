import type { CustomerCollection } from '@muster/contract';
import type { Context } from '../context.ts';
import {
  countCustomers,
  listCustomersAfter,
  listCustomersBefore,
  type CustomerFilter,
  type CustomerNames,
  type CustomerPosition,
} from '../../store/registry/customers.ts';
import { getPageTokenKey } from '../../store/registry/page-token-keys.ts';
import {
  readCustomerList,
  readSeekOperation,
  type CustomerList,
  type CustomerListWords,
  type SeekOperation,
} from './customer-list-request.ts';
import { describeCustomer } from './describe-customer.ts';
import { decodePageToken, encodePageToken, type PageTokenScope } from '../page-token.ts';
import { linkTo } from '../wire-path.ts';

/** What a token stands for: a page of a list, by its first and last customer. */
interface PagePlace extends CustomerList {
  readonly first: CustomerPosition;
  readonly last: CustomerPosition;
}

/** One page of a partner's customers, by company name. Throws InvalidInput. */
export async function listCustomers(
  ctx: Context,
  partnerId: string,
  words: CustomerListWords,
): Promise<CustomerCollection> {
  const scope = { key: await getPageTokenKey(ctx.db), list: `customers ${partnerId}` };
  const seek = readSeekOperation(words);
  const from = words.token === undefined ? undefined : readPlace(scope, words.token);
  const list = from ?? readCustomerList(words);
  const filter = { partnerId, ...list.filter };
  const { customers, hasPrevious, hasNext } = await readPage(ctx, filter, { seek, from, size: list.size });
  const token = writeToken(scope, list, customers);
  return {
    totalCount: await countCustomers(ctx.db, filter),
    items: customers.map(describeCustomer),
    links: {
      self: linkTo(`/customers?size=${list.size}`),
      ...(token !== undefined && hasNext && { next: linkToPage(list, 'Next', token) }),
      ...(token !== undefined && hasPrevious && { previous: linkToPage(list, 'Previous', token) }),
    },
    attributes: { objectType: 'Collection' },
    ...(token !== undefined && hasNext && { continuationToken: token }),
  };
}

interface CustomerPage {
  readonly customers: readonly CustomerNames[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** One customer more than the page has tells whether another page follows; the way come from is there by itself. */
async function readPage(
  ctx: Context,
  filter: CustomerFilter,
  { seek, from, size }: { seek: SeekOperation; from: PagePlace | undefined; size: number },
): Promise<CustomerPage> {
  const limit = size + 1;
  if (seek === 'first' || seek === 'next') {
    const after = seek === 'next' ? from?.last : undefined;
    const found = await listCustomersAfter(ctx.db, filter, { after, limit });
    return {
      customers: found.slice(0, size),
      hasPrevious: after !== undefined,
      hasNext: found.length > size,
    };
  }
  const before = seek === 'previous' ? from?.first : undefined;
  const found = await listCustomersBefore(ctx.db, filter, { before, limit });
  return {
    customers: found.slice(-size),
    hasPrevious: found.length > size,
    hasNext: before !== undefined,
  };
}

function readPlace(scope: PageTokenScope, token: string): PagePlace {
  // Signed by us, so it is what `writeToken` wrote.
  return JSON.parse(decodePageToken(scope, token)) as PagePlace;
}

function writeToken(
  scope: PageTokenScope,
  { size, filter }: CustomerList,
  customers: readonly CustomerNames[],
): string | undefined {
  const [first, last] = [customers[0], customers.at(-1)];
  if (!first || !last) return undefined;
  const place: PagePlace = { size, filter, first: toPosition(first), last: toPosition(last) };
  return encodePageToken(scope, JSON.stringify(place));
}

function toPosition({ companyName, customerId }: CustomerNames): CustomerPosition {
  return { companyName, customerId };
}

function linkToPage(
  { size }: CustomerList,
  seek: 'Next' | 'Previous',
  token: string,
): ReturnType<typeof linkTo> {
  return linkTo(`/customers?size=${size}&seekOperation=${seek}`, token);
}
