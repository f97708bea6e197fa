import { Ajv, type ValidateFunction } from 'ajv';
import { parseGuid } from '@muster/contract';
import type { TSchema } from '@muster/contract/schema';
import { invalidShape } from '../http/validation-problem.ts';

const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

const ajv = new Ajv({
  strict: false,
  formats: {
    uuid: (text: string) => parseGuid(text) !== undefined,
    'date-time': (text: string) => isoTime.test(text) && !Number.isNaN(Date.parse(text)),
  },
});

/** A check of a value against a schema, which throws RequestError. It is compiled when it is first used. */
export function createCheck(schema: TSchema): (value: unknown) => void {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    if (!validate(value ?? null)) throw invalidShape(validate.errors?.[0]);
  };
}
