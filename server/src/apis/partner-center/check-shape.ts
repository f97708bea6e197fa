import { Ajv, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { invalidShape } from '../../http/validation-problem.ts';

const ajv = new Ajv({ strict: false });

/** A check of a value against a schema, which throws RequestError. It is compiled when it is first used. */
export function createCheck(schema: TSchema): (value: unknown) => void {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    if (!validate(value ?? null)) throw invalidShape(validate.errors?.[0]);
  };
}
