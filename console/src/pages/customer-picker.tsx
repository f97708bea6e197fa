import { Combobox, Field, Option } from '@fluentui/react-components';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Customer } from '@muster/sdk';
import { useEffect, useState, type ReactNode } from 'react';
import { problemOf, usePartner } from '../session/partner.ts';
import { useTexts } from '../texts/texts.tsx';

/** More than anybody scrolls through; typing narrows them down. */
const shownMax = 100;
const customersMax = 5_000;

/** The partner’s customers, at most 5,000 of them. */
export function useCustomers(): UseQueryResult<readonly Customer[]> {
  const partner = usePartner();
  return useQuery({
    queryKey: ['customers'],
    queryFn: async ({ signal }) => {
      const found: Customer[] = [];
      for await (const customer of partner.customers.list({ pageSize: 500, signal })) {
        found.push(customer);
        if (found.length === customersMax) break;
      }
      return found;
    },
  });
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Picks a customer by name, domain or id. The only one there is needs no picking. */
export function CustomerPicker(props: {
  readonly customerId: string;
  readonly onPick: (customerId: string) => void;
}): ReactNode {
  const { customerId, onPick } = props;
  const { say } = useTexts();
  const { data: customers = [], error, isPending } = useCustomers();
  const [typed, setTyped] = useState<string>();
  const [only, ...others] = customers;
  useEffect(() => {
    if (only && others.length === 0 && customerId === '') onPick(only.id);
  }, [only, others.length, customerId, onPick]);
  const picked = customers.find(({ id }) => id === customerId);
  const wanted = typed?.trim().toLowerCase() ?? '';
  const matches = customers.filter(({ id, companyProfile: { companyName, domain } }) =>
    [id, companyName, domain].some((text) => text.toLowerCase().includes(wanted)),
  );
  const isOther = guid.test(wanted) && matches.length === 0;
  return (
    <Field
      label={say('customer')}
      required
      {...(error && { validationMessage: problemOf(error) })}
      hint={picked ? picked.companyProfile.domain : say('customerHint')}
    >
      <Combobox
        placeholder={isPending ? say('loading') : say('pickCustomer')}
        value={typed ?? picked?.companyProfile.companyName ?? customerId}
        selectedOptions={[customerId]}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onOpenChange={(_, { open }) => !open && setTyped(undefined)}
        onOptionSelect={(_, { optionValue }) => {
          if (optionValue !== undefined) onPick(optionValue);
          setTyped(undefined);
        }}
      >
        {matches.slice(0, shownMax).map(({ id, companyProfile: { companyName, domain } }) => (
          <Option key={id} value={id} text={companyName}>
            {companyName} · {domain}
          </Option>
        ))}
        {isOther && (
          <Option value={wanted} text={wanted}>
            {wanted}
          </Option>
        )}
        {matches.length === 0 && !isOther && (
          <Option value="" text="" disabled>
            {say('noCustomerFound')}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
