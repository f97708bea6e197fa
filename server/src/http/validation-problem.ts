import { phrase, type FaultValue, type Phrase } from '@muster/contract';
import type { FastifyError } from 'fastify';

/** The validator's report of what it found first. */
type Failure = NonNullable<FastifyError['validation']>[number];

/** Which member of a request is wrong, and how: `devices[3].serialNumber`, `must be text`. Repeats no value. */
export function problemOf(failure: Failure | undefined): { member: FaultValue; problem: Phrase } {
  if (!failure) return { member: phrase('The request', '要求'), problem: phrase('is not valid', '無效') };
  const missing = failure.keyword === 'required' ? String(failure.params.missingProperty) : undefined;
  const extra =
    failure.keyword === 'additionalProperties' ? String(failure.params.additionalProperty) : undefined;
  const path = failure.instancePath.split('/').slice(1);
  const member = [
    ...path,
    ...(missing === undefined ? [] : [missing]),
    ...(extra === undefined ? [] : [extra.slice(0, 100)]),
  ]
    .map(toMember)
    .join('')
    .replace(/^\./, '');
  return { member: member || phrase('The body', '要求本文'), problem: describe(failure) };
}

function toMember(part: string): string {
  return /^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`;
}

function describe({ keyword, params }: Failure): Phrase {
  const limit = String(params.limit);
  switch (keyword) {
    case 'additionalProperties':
      return phrase('is not known here', '在此無法識別');
    case 'required':
      return phrase('is missing', '為必填');
    case 'type':
      return (
        typeProblems[String(params.type)] ??
        phrase(`must be ${String(params.type)}`, `必須是 ${String(params.type)}`)
      );
    case 'enum': {
      const values = (params.allowedValues as readonly unknown[]).join(', ');
      return phrase(`must be one of ${values}`, `必須是下列其中之一：${values}`);
    }
    case 'minLength':
      return phrase('must not be empty', '不可空白');
    case 'maxLength':
      return phrase(`is longer than ${limit} characters`, `超過 ${limit} 個字元`);
    case 'minItems':
      return phrase(`needs at least ${limit} items`, `至少需要 ${limit} 個項目`);
    case 'maxItems':
      return phrase(`has more than ${limit} items`, `超過 ${limit} 個項目`);
    case 'pattern':
      return phrase(
        'contains control characters or broken Unicode, or has the wrong form',
        '包含控制字元、無效的 Unicode，或格式不正確',
      );
    default:
      return phrase('is not valid', '無效');
  }
}

const mustBeText = phrase('must be text', '必須是文字');

const typeProblems: Readonly<Record<string, Phrase>> = {
  string: mustBeText,
  'string,null': mustBeText,
  object: phrase('must be an object', '必須是物件'),
  array: phrase('must be an array', '必須是陣列'),
  integer: phrase('must be a whole number', '必須是整數'),
  number: phrase('must be a number', '必須是數字'),
  boolean: phrase('must be true or false', '必須是 true 或 false'),
};
