import type { Context } from '../context.ts';
import { decodePageToken, encodePageToken, type PageTokenScope } from '../page-token.ts';
import { RegistryError } from '../registry-error.ts';
import {
  countCustomers,
  findCustomer,
  listCustomersAfter,
  listCustomersBefore,
  type Customer,
  type CustomerFilter,
  type CustomerPosition,
} from '../../store/registry/customers.ts';
import { getPageTokenKey } from '../../store/registry/page-token-keys.ts';

/** One customer. Throws `customer-forbidden` when it is no longer there since the caller was admitted. */
export async function getCustomer(ctx: Context, customerId: string): Promise<Customer> {
  const customer = await findCustomer(ctx.db, customerId);
  if (!customer) throw new RegistryError({ kind: 'customer-forbidden', customerId });
  return customer;
}

/** Which customers, and how many on a page. Page tokens carry it on. */
export interface CustomerList {
  readonly size: number;
  readonly filter: Omit<CustomerFilter, 'partnerId'>;
}

/** Which page: the first or last of a list, or a neighbor of the page whose token is given. */
export interface CustomerPageRequest {
  readonly seek: 'first' | 'next' | 'previous' | 'last';
  readonly from: CustomerList | { readonly token: string };
}

/** A page of a list of customers. */
export interface CustomerPage {
  readonly customers: readonly Customer[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** How many customers the whole list has. */
  readonly totalCount: number;
  readonly size: number;
  /** Stands for this page in a request for its neighbors; undefined when the page is empty. */
  readonly token: string | undefined;
}

/** What a token stands for: a page of a list, by its first and last customer. */
interface PagePlace extends CustomerList {
  readonly first: CustomerPosition;
  readonly last: CustomerPosition;
}

/** One page of a partner's customers, by company name. Throws `page-token-invalid`. */
export async function listCustomers(
  ctx: Context,
  partnerId: string,
  { seek, from }: CustomerPageRequest,
): Promise<CustomerPage> {
  const scope = { key: await getPageTokenKey(ctx.db), list: `customers ${partnerId}` };
  const place = 'token' in from ? readPlace(scope, from.token) : undefined;
  const list = place ?? (from as CustomerList);
  const filter = { partnerId, ...list.filter };
  const page = await readPage(ctx, filter, { seek, place, size: list.size });
  return {
    ...page,
    totalCount: await countCustomers(ctx.db, filter),
    size: list.size,
    token: writeToken(scope, list, page.customers),
  };
}

/** Reads one customer more than the page has, to know whether another page follows. */
async function readPage(
  ctx: Context,
  filter: CustomerFilter,
  { seek, place, size }: { seek: CustomerPageRequest['seek']; place: PagePlace | undefined; size: number },
): Promise<Pick<CustomerPage, 'customers' | 'hasPrevious' | 'hasNext'>> {
  const limit = size + 1;
  if (seek === 'first' || seek === 'next') {
    const after = seek === 'next' ? place?.last : undefined;
    const found = await listCustomersAfter(ctx.db, filter, { after, limit });
    return {
      customers: found.slice(0, size),
      hasPrevious: after !== undefined,
      hasNext: found.length > size,
    };
  }
  const before = seek === 'previous' ? place?.first : undefined;
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
  customers: readonly Customer[],
): string | undefined {
  const [first, last] = [customers[0], customers.at(-1)];
  if (!first || !last) return undefined;
  const place: PagePlace = { size, filter, first: toPosition(first), last: toPosition(last) };
  return encodePageToken(scope, JSON.stringify(place));
}

function toPosition({ companyName, customerId }: Customer): CustomerPosition {
  return { companyName, customerId };
}
