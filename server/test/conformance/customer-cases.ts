import assert from 'node:assert/strict';
import type { OperationId } from '@muster/contract';
import type { OperationCase, Refusal } from './operation-case.ts';

function queryRefusal(what: string, query: string, names: RegExp): Refusal {
  return { what, fault: 'InvalidInput', names, change: () => ({ query }) };
}

function filter(value: unknown): string {
  return `filter=${encodeURIComponent(JSON.stringify(value))}`;
}

export const customerCases = {
  listCustomers: {
    check({ body }, { customerId }) {
      const { items, totalCount } = body as { items: { id: string }[]; totalCount: number };
      assert.equal(totalCount, items.length);
      assert.partialDeepStrictEqual(
        items.find(({ id }) => id === customerId),
        {
          companyProfile: {
            tenantId: customerId,
            companyName: `Customer ${customerId.slice(0, 8)}`,
            domain: `${customerId.slice(0, 8)}.onmicrosoft.com`,
          },
          relationshipToPartner: 'reseller',
          attributes: { objectType: 'Customer' },
        },
      );
    },
    refusals: [
      queryRefusal('a size that is no number', 'size=many', /^size /),
      queryRefusal('a size below zero', 'size=-1', /^size /),
      queryRefusal('an unknown seek operation', 'seekOperation=PageIndex', /^seekOperation /),
      queryRefusal('a next page of nothing', 'seekOperation=Next', /^MS-ContinuationToken is missing/),
      queryRefusal('a filter that is no JSON', 'filter=Contoso', /^filter must be/),
      queryRefusal(
        'a filter of another field',
        filter({ Field: 'Size', Operator: 'starts_with', Value: '' }),
        /^filter\.Field/,
      ),
      queryRefusal(
        'a filter of another kind',
        filter({ Field: 'Domain', Operator: 'and', Value: '' }),
        /^filter\.Operator/,
      ),
      queryRefusal(
        'a filter for a number',
        filter({ Field: 'Domain', Operator: 'starts_with', Value: 7 }),
        /^filter\.Value/,
      ),
      {
        what: 'a forged token',
        fault: 'InvalidInput',
        names: /^MS-ContinuationToken is not a continuation token/,
        change: () => ({ headers: { 'MS-ContinuationToken': 'AAAA' } }),
      },
    ],
  },
  getCustomer: {
    check({ body }, { customerId }) {
      assert.partialDeepStrictEqual(body, { id: customerId, companyProfile: { tenantId: customerId } });
    },
    refusals: [],
  },
  getOrganizationProfile: {
    check({ body }, { muster }) {
      assert.partialDeepStrictEqual(body, {
        id: muster.credentials.tenantId,
        companyName: 'Partner',
        defaultAddress: {},
      });
    },
    refusals: [],
  },
} satisfies Partial<Record<OperationId, OperationCase>>;
