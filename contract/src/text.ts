import { Type } from './schema.ts';

/**
 * Excludes control characters and lone surrogates, which cannot be stored, shown or compared safely.
 * With the `u` flag, a class of surrogates matches only lone ones.
 */
const printable = '^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]*$';

/** A string that people read and clients compare. Microsoft publishes no limits, so they are Muster's. */
export function Text(options: { maxLength: number; minLength?: number; description: string }) {
  return Type.String({ ...options, pattern: printable });
}

/**
 * An identifier in a request, in which `""` means absent, because some clients send empty strings for unused members
 * (`docs/wire.md` 3). `decode` removes it; validators and the published contract do not see the marker.
 */
export function Identifier(options: { maxLength: number; description: string }) {
  return markEmptyAbsent(Text(options));
}

/** An identifier that can also be null, which means absent. */
export function NullableIdentifier(options: { maxLength: number; description: string }) {
  return markEmptyAbsent(
    Type.Unsafe<string | null>({ type: ['string', 'null'], ...options, pattern: printable }),
  );
}

/** A symbol, so copies of the schema keep it, and validators and documents ignore it. */
const emptyIsAbsent = Symbol('emptyIsAbsent');

/** Marks a string schema so that `decode` treats `""` as absent. */
export function markEmptyAbsent<S extends object>(schema: S): S {
  return Object.assign(schema, { [emptyIsAbsent]: true });
}

/** Whether `decode` treats `""` as absent for this schema. */
export function isEmptyAbsent(schema: object): boolean {
  return emptyIsAbsent in schema;
}
