import { Type, type Static } from '../schema.ts';
import { Guid, Name, Page, Time, type AdminOperation } from './fields.ts';

/** A person who can use the administration API. */
export const Administrator = Type.Object({
  administratorId: Guid('The ID of the administrator. It is not the secret.'),
  name: Name('The name that the log shows. Unique.'),
  createdAt: Time('When the administrator was added.'),
});
export type Administrator = Static<typeof Administrator>;

export const NewAdministrator = Type.Object(
  { name: Administrator.properties.name },
  { additionalProperties: false },
);
export type NewAdministrator = Static<typeof NewAdministrator>;

/** A new administrator, with the secret, which is shown only once. */
export const AdministratorOnce = Type.Object({
  ...Administrator.properties,
  secret: Type.String({
    description: 'The bearer token of the administration API. It cannot be shown again.',
  }),
});
export type AdministratorOnce = Static<typeof AdministratorOnce>;

export const administratorOperations = {
  listAdministrators: {
    method: 'GET',
    path: '/administrators',
    summary: 'List administrators.',
    success: { status: 200, body: Page(Administrator) },
    faults: [],
  },
  createAdministrator: {
    method: 'POST',
    path: '/administrators',
    summary: 'Add an administrator. The secret is shown once.',
    body: NewAdministrator,
    success: { status: 201, body: AdministratorOnce },
    faults: ['ResourceExists'],
  },
  deleteAdministrator: {
    method: 'DELETE',
    path: '/administrators/{administratorId}',
    summary: 'Delete another administrator. Their secret stops working immediately.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'OwnAdministrator'],
  },
} as const satisfies Record<string, AdminOperation>;
