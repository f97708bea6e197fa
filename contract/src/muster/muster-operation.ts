import { Type, type TSchema } from '../schema.ts';
import type { Operation } from '../partner-center/operations.ts';

/** An operation of Muster's own API. Its path is relative to `/muster/v1`; its reference is a section of `docs/muster-api.md`. */
export interface MusterOperation extends Operation {
  /** What callers should know beside the summary. */
  readonly description: string;
}

/** Who may read. */
export const readers = ['AdminAgents', 'SalesAgents', 'GlobalAdmin'] as const;
/** Who may change policies and remove devices. */
export const managers = ['AdminAgents'] as const;

/** How many items a page has when nobody says, and at the most. */
export const pageLimitDefault = 100;
export const pageLimitMax = 1000;

/** Which page of a list: members of the query of every list. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: pageLimitMax,
      description: `The number of items per page. Default: ${pageLimitDefault}.`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'The `nextCursor` of the previous page. Send it with the same filters.',
    }),
  ),
};

/** The query of a list, or another one. A parameter that it does not name is refused: a mistyped filter would list everything. */
export function Query<Members extends Record<string, TSchema>>(members: Members) {
  return Type.Object(members, { additionalProperties: false });
}

/** One page of a list. */
export function ListPage<Item extends TSchema>(item: Item, description: string) {
  return Type.Object(
    {
      items: Type.Array(item),
      nextCursor: Type.Optional(
        Type.String({
          description: 'Opaque. Send it as `cursor` to get the next page. Absent on the last page.',
        }),
      ),
    },
    { description },
  );
}

/** An id as requests give it: a GUID in any letter case. */
export function Guid(description: string) {
  return Type.String({ format: 'uuid', description });
}

/** A time in a request: a date, or a date and time with its zone. */
export function Time(description: string) {
  return Type.String({ format: 'date-time', maxLength: 40, description });
}
