import { Type, type TSchema } from 'typebox';

/** A header that a client sends along when it follows a link. */
export const LinkHeader = Type.Object({ key: Type.String(), value: Type.String() });

/** Where to ask for something. `uri` is percent-encoded and has no `/v1`: the SDKs put it before (`docs/wire.md` 6). */
export const Link = Type.Object(
  {
    uri: Type.String({ description: 'Relative to /v1, percent-encoded.' }),
    method: Type.String(),
    headers: Type.Array(LinkHeader),
  },
  { description: 'A request to make.' },
);

/** The page itself and its neighbours; one that does not exist is absent. */
export const Links = Type.Object({
  self: Type.Optional(Link),
  next: Type.Optional(Link),
  previous: Type.Optional(Link),
});

/** A list as every client reads it: an object, `items` never null (`docs/wire.md` 4). */
export function ResourceCollection<Item extends TSchema>(item: Item, description: string) {
  return Type.Object(collectionMembers(item), { description });
}

/** A list that comes in pages: `continuationToken` is there as long as there is a next page. */
export function PagedCollection<Item extends TSchema>(item: Item, description: string) {
  return Type.Object(
    {
      ...collectionMembers(item),
      continuationToken: Type.Optional(
        Type.String({
          description:
            'Opaque. Send it back in the header MS-ContinuationToken for the next page. Absent: no page follows.',
        }),
      ),
    },
    { description },
  );
}

function collectionMembers<Item extends TSchema>(item: Item) {
  return {
    totalCount: Type.Integer({ description: 'How many the list has in all, not only on this page.' }),
    items: Type.Array(item),
    links: Links,
    attributes: Type.Object({ objectType: Type.Literal('Collection') }),
  };
}

/** Takes the token of a page back. Both names are read: the first is the SDKs', the second Microsoft's page on paging. */
export const ContinuationHeaders = Type.Object({
  'MS-ContinuationToken': Type.Optional(Type.String({ description: 'The continuationToken of a page.' })),
  ContinuationToken: Type.Optional(Type.String({ description: 'The same, by its other documented name.' })),
});
