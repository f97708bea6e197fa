import { Type } from 'typebox';
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
