import { Type, type Static, type TSchema } from 'typebox';
import type { FaultName } from '../partner-center/fault-catalog.ts';
import { roles } from '../roles.ts';
import { Text } from '../text.ts';

/** A GUID, in any letter case. */
export function Guid(description: string) {
  return Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', description });
}

/** A name for people. */
export function Name(description: string) {
  return Text({ minLength: 1, maxLength: 200, description });
}

/** A DNS name. */
export function DomainName(description: string) {
  return Type.String({
    maxLength: 253,
    pattern: '^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$',
    description,
  });
}

/** A time, in UTC. */
export function Time(description: string) {
  return Type.String({ description: `${description} ISO 8601, UTC.` });
}

/** What somebody may do. */
export function RoleList(description: string) {
  return Type.Array(Type.Enum([...roles]), {
    uniqueItems: true,
    maxItems: roles.length,
    description,
  });
}

/** How long a secret is good. */
export const LifetimeDays = Type.Integer({
  minimum: 1,
  maximum: 3650,
  description: 'Days until the secret expires. Default: it does not.',
});

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

/** One operation of the administration API. It is Muster's own: Partner Center has no such thing. */
export interface AdminOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/admin/v1`. `{name}` is a path parameter. */
  readonly path: string;
  readonly summary: string;
  readonly body?: TSchema;
  readonly success: { readonly status: 200 | 201 | 204; readonly body?: TSchema };
  /** The faults it can answer with, beside those every operation shares (400, 401, 403, 500, 503). */
  readonly faults: readonly FaultName[];
}
