import { Type } from 'typebox';

/**
 * No control characters and no lone surrogates: neither can be stored, shown or compared safely.
 * With the `u` flag a surrogate class matches only one that stands alone.
 */
const printable = '^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]*$';

/** A text member that people read and clients compare. The limits are ours: Microsoft publishes none. */
export function Text(options: { maxLength: number; minLength?: number; description: string }) {
  return Type.String({ ...options, pattern: printable });
}

/**
 * An identifier in a request, where `""` means absent (`docs/wire.md` 3: some clients send empty strings for unused
 * members). `decode` drops it; the mark never reaches a validator or the published contract.
 */
export function Identifier(options: { maxLength: number; description: string }) {
  return markEmptyAbsent(Text(options));
}

/** An identifier that may also be null, which means the same as leaving it out. */
export function NullableIdentifier(options: { maxLength: number; description: string }) {
  return markEmptyAbsent(
    Type.Unsafe<string | null>({ type: ['string', 'null'], ...options, pattern: printable }),
  );
}

/** A symbol, because TypeBox copies a schema to make it optional, and no validator or document sees symbols. */
const emptyIsAbsent = Symbol('emptyIsAbsent');

/** Marks a text schema so that `decode` reads `""` as an absent member. */
export function markEmptyAbsent<S extends object>(schema: S): S {
  return Object.assign(schema, { [emptyIsAbsent]: true });
}

/** Whether `decode` reads `""` as absent for this schema. */
export function isEmptyAbsent(schema: object): boolean {
  return emptyIsAbsent in schema;
}
