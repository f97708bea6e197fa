import { Type, type Static } from '../schema.ts';
import { Page, Time, type AdminOperation } from './fields.ts';

/** A key that signs tokens, without the key itself. */
export const SigningKey = Type.Object({
  keyId: Type.String({ description: 'The `kid` in tokens and in the key set.' }),
  createdAt: Time('When it was created.'),
  expiresAt: Type.Optional(Time('When its tokens expire. Absent for the key that currently signs.')),
});
export type SigningKey = Static<typeof SigningKey>;

export const signingKeyOperations = {
  listSigningKeys: {
    method: 'GET',
    path: '/signing-keys',
    summary: 'List the keys whose tokens are accepted, the signing key first.',
    success: { status: 200, body: Page(SigningKey) },
    faults: [],
  },
  rotateSigningKey: {
    method: 'POST',
    path: '/signing-keys',
    summary:
      'Create a new key, which signs from now on. Tokens signed by earlier keys stay valid until they expire.',
    success: { status: 201, body: SigningKey },
    faults: [],
  },
  deleteSigningKey: {
    method: 'DELETE',
    path: '/signing-keys/{keyId}',
    summary: 'Delete a key that no longer signs. Its tokens are refused within 30 seconds.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'SigningKeyInUse'],
  },
} as const satisfies Record<string, AdminOperation>;
