import { Type, type Static, type TSchema } from 'typebox';

/** The most that one answer of the administration API lists, and what it lists when nobody says. */
export const pageSizeMax = 1000;
export const pageSizeDefault = 100;

/** Which part of a list. */
export const PageQuery = Type.Object(
  {
    size: Type.Optional(
      Type.String({
        pattern: '^([1-9]\\d{0,2}|1000)$',
        description: `How many at the most, 1 to ${pageSizeMax}. Default: ${pageSizeDefault}.`,
      }),
    ),
    after: Type.Optional(Type.String({ maxLength: 100, description: 'The `next` of the answer before.' })),
    partnerId: Type.Optional(
      Type.String({ maxLength: 100, description: 'Customers only: those of one partner.' }),
    ),
  },
  { additionalProperties: false },
);
export type PageQuery = Static<typeof PageQuery>;

/** One part of a list, by id. */
export function Page<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'Give it as `after` to read on; absent at the end.' })),
  });
}
