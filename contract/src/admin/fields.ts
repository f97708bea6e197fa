import { Type, type Static, type TSchema } from '../schema.ts';
import type { FaultName } from '../partner-center/fault-catalog.ts';
import { roles } from '../roles.ts';
import { Text } from '../text.ts';

/** A GUID, in upper or lower case. */
export function Guid(description: string) {
  return Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', description });
}

/** A name that people read. */
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

/** A list of roles. */
export function RoleList(description: string) {
  return Type.Array(Type.Enum([...roles]), {
    uniqueItems: true,
    maxItems: roles.length,
    description,
  });
}

/** The lifetime of a secret. */
export const LifetimeDays = Type.Integer({
  minimum: 1,
  maximum: 3650,
  description: 'The number of days until the secret expires. Default: it does not expire.',
});

/** The maximum and the default number of items per page in the administration API. */
export const pageSizeMax = 1000;
export const pageSizeDefault = 100;

/** The query parameters of a list. */
export const PageQuery = Type.Object(
  {
    size: Type.Optional(
      Type.String({
        pattern: '^([1-9]\\d{0,2}|1000)$',
        description: `The maximum number of items, 1 to ${pageSizeMax}. Default: ${pageSizeDefault}.`,
      }),
    ),
    after: Type.Optional(Type.String({ maxLength: 100, description: 'The `next` of the previous page.' })),
    partnerId: Type.Optional(
      Type.String({ maxLength: 100, description: 'Only the customers of this partner.' }),
    ),
  },
  { additionalProperties: false },
);
export type PageQuery = Static<typeof PageQuery>;

/** A page of a list, sorted by ID. */
export function Page<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(
      Type.String({ description: 'Send it as `after` to get the next page. Absent on the last page.' }),
    ),
  });
}

/** An operation of the administration API, which is Muster's own: Partner Center has none. */
export interface AdminOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path under `/admin/v1`. `{name}` is a path parameter. */
  readonly path: string;
  readonly summary: string;
  readonly body?: TSchema;
  readonly success: { readonly status: 200 | 201 | 204; readonly body?: TSchema };
  /** The faults it can return, in addition to those of every operation (400, 401, 403, 500, 503). */
  readonly faults: readonly FaultName[];
}
