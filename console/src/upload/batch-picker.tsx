import { Combobox, Field, Option } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { problemOf, usePartner } from '../session/partner.ts';
import { useTexts } from '../texts/texts.tsx';
import { useUpload } from './upload-provider.tsx';

/** The batch that the devices join: one of the customer’s, or a new one by a name that is typed. */
export function BatchPicker(): ReactNode {
  const { say } = useTexts();
  const partner = usePartner();
  const { state, change } = useUpload();
  const { customerId, batchId } = state;
  const [isOpen, setOpen] = useState(false);
  const { data: batches = [], error } = useQuery({
    queryKey: ['batches', customerId],
    queryFn: ({ signal }) => partner.customers.byId(customerId).deviceBatches.list({ signal }).toArray(),
    enabled: customerId !== '',
  });
  const wanted = batchId.trim().toLowerCase();
  const existing = batches.find(({ id }) => id.toLowerCase() === wanted);
  const matches = batches.filter(({ id }) => id.toLowerCase().includes(wanted));
  const hint = existing
    ? say('batchExisting', { count: existing.devicesCount })
    : say(wanted === '' ? 'batchHint' : 'batchNew');
  return (
    <Field label={say('batch')} required hint={hint} {...(error && { validationMessage: problemOf(error) })}>
      <Combobox
        freeform
        open={isOpen && matches.length > 0}
        onOpenChange={(_, { open }) => setOpen(open)}
        placeholder={say('batchPlaceholder')}
        value={batchId}
        selectedOptions={existing ? [existing.id] : []}
        onInput={(event) => change({ batchId: event.currentTarget.value })}
        onOptionSelect={(_, { optionValue }) => optionValue !== undefined && change({ batchId: optionValue })}
      >
        {(existing ? batches : matches).slice(0, 100).map(({ id, devicesCount }) => (
          <Option key={id} value={id} text={id}>
            {id} · {say('devices', { count: devicesCount })}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
