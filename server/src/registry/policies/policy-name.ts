import { WireError } from '@muster/contract';

const blank = { 'en-US': 'must not be blank', 'zh-TW': '不得空白' };

/** A policy's name without the space around it. Throws InvalidInput for one that is nothing but space. */
export function toPolicyName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new WireError('InvalidInput', { member: 'name', problem: blank });
  return trimmed;
}
