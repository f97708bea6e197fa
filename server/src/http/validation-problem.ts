import type { FastifyError } from 'fastify';

type Failure = NonNullable<FastifyError['validation']>[number];

/** Which member of a request is wrong, and how: `devices[3].serialNumber`, `must be text`. Repeats no value. */
export function problemOf(error: FastifyError): { member: string; problem: string } {
  const failure = error.validation?.[0];
  if (!failure) return { member: 'The request', problem: 'is not valid' };
  const missing = failure.keyword === 'required' ? String(failure.params.missingProperty) : undefined;
  const path = failure.instancePath.split('/').slice(1);
  const member = [...path, ...(missing === undefined ? [] : [missing])]
    .map(toMember)
    .join('')
    .replace(/^\./, '');
  return { member: member || 'The body', problem: describe(failure) };
}

function toMember(part: string): string {
  return /^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`;
}

function describe({ keyword, params }: Failure): string {
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'type':
      return `must be ${typeNames[String(params.type)] ?? String(params.type)}`;
    case 'enum':
      return `must be one of ${(params.allowedValues as readonly unknown[]).join(', ')}`;
    case 'minLength':
      return 'must not be empty';
    case 'maxLength':
      return `is longer than ${String(params.limit)} characters`;
    case 'minItems':
      return `needs at least ${String(params.limit)} items`;
    case 'maxItems':
      return `has more than ${String(params.limit)} items`;
    case 'pattern':
      return 'contains control characters or broken Unicode, or has the wrong form';
    default:
      return 'is not valid';
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'an object',
  array: 'an array',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};
