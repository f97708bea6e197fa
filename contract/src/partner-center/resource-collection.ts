import { Type, type TSchema } from '../schema.ts';

/** A header that a client must send when it follows a link. */
export const LinkHeader = Type.Object({ key: Type.String(), value: Type.String() });

/** A request that a client can make. `uri` is percent-encoded and has no `/v1`, because the SDKs add it (`docs/wire.md` 6). */
export const Link = Type.Object(
  {
    uri: Type.String({ description: 'Relative to /v1, percent-encoded.' }),
    method: Type.String(),
    headers: Type.Array(LinkHeader),
  },
  { description: 'A request that a client can make.' },
);

/** The page itself, the previous page and the next page. A page that does not exist is absent. */
export const Links = Type.Object({
  self: Type.Optional(Link),
  next: Type.Optional(Link),
  previous: Type.Optional(Link),
});

/** A list as every client expects it: an object in which `items` is never null (`docs/wire.md` 4). */
export function ResourceCollection<Item extends TSchema>(item: Item, description: string) {
  return Type.Object(collectionMembers(item), { description });
}

/** A list that is returned in pages. `continuationToken` is present as long as there is a next page. */
export function PagedCollection<Item extends TSchema>(item: Item, description: string) {
  return Type.Object(
    {
      ...collectionMembers(item),
      continuationToken: Type.Optional(
        Type.String({
          description:
            'Opaque. To get the next page, send it in the header MS-ContinuationToken. Absent on the last page.',
        }),
      ),
    },
    { description },
  );
}

function collectionMembers<Item extends TSchema>(item: Item) {
  return {
    totalCount: Type.Integer({ description: 'The number of items on all pages.' }),
    items: Type.Array(item),
    links: Links,
    attributes: Type.Object({ objectType: Type.Literal('Collection') }),
  };
}

/** Both headers are accepted: the SDKs send the first one, Microsoft's page on paging describes the second one. */
export const ContinuationHeaders = Type.Object({
  'MS-ContinuationToken': Type.Optional(Type.String({ description: 'The continuationToken of a page.' })),
  ContinuationToken: Type.Optional(
    Type.String({ description: 'The same, under its other documented name.' }),
  ),
});
