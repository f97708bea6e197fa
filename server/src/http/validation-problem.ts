import { mustBeGuid, type Phrase } from '@muster/contract/locale';
import type { FastifyError } from 'fastify';
import type { TextName } from '../texts/en-us.ts';
import { phraseOf } from '../texts/phrase-of.ts';
import { RequestError } from './request-error.ts';

/** The validator's report of what it found first. */
type Failure = NonNullable<FastifyError['validation']>[number];

/** Says which member of a request is wrong, and how: `devices[3].serialNumber`, `must be text`. Repeats no value. */
export function invalidShape(failure: Failure | undefined): RequestError {
  const kind = 'invalid-input';
  if (!failure)
    return new RequestError({ kind, member: phraseOf('theRequest'), problem: phraseOf('notValid') });
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
  return new RequestError({ kind, member: member || phraseOf('theBody'), problem: describe(failure) });
}

function toMember(part: string): string {
  return /^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`;
}

function describe({ keyword, params }: Failure): Phrase {
  const limit = String(params.limit);
  switch (keyword) {
    case 'additionalProperties':
      return phraseOf('unknownMember');
    case 'required':
      return phraseOf('missing');
    case 'type':
      return phraseOf(typeProblems[String(params.type)] ?? 'notType', { type: String(params.type) });
    case 'enum':
      return phraseOf('notOneOf', { values: (params.allowedValues as readonly unknown[]).join(', ') });
    case 'minLength':
      return params.limit === 1 ? phraseOf('empty') : phraseOf('tooShort', { limit });
    case 'maxLength':
      return phraseOf('tooLong', { limit });
    case 'minItems':
      return phraseOf('tooFewItems', { limit });
    case 'maxItems':
      return phraseOf('tooManyItems', { limit });
    case 'minimum':
      return phraseOf('tooSmall', { limit });
    case 'maximum':
      return phraseOf('tooLarge', { limit });
    case 'format':
      return params.format === 'uuid' ? mustBeGuid : phraseOf('notTime');
    case 'pattern':
      return phraseOf('wrongCharacters');
    default:
      return phraseOf('notValid');
  }
}

const typeProblems: Readonly<Record<string, TextName>> = {
  string: 'notText',
  'string,null': 'notText',
  object: 'notObject',
  array: 'notArray',
  integer: 'notInteger',
  number: 'notNumber',
  boolean: 'notBoolean',
};
