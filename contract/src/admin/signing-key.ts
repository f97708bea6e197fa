import { Type, type Static } from 'typebox';
import { Page, Time, type AdminOperation } from './fields.ts';

/** A key that signs tokens, without the key. */
export const SigningKey = Type.Object({
  keyId: Type.String({ description: '`kid` in tokens and in the key document.' }),
  createdAt: Time('When it was made.'),
  expiresAt: Type.Optional(Time('When its tokens stop being good; absent for the key that signs now.')),
});
export type SigningKey = Static<typeof SigningKey>;

export const signingKeyOperations = {
  listSigningKeys: {
    method: 'GET',
    path: '/signing-keys',
    summary: 'List the keys whose tokens are good, the one that signs first.',
    success: { status: 200, body: Page(SigningKey) },
    faults: [],
  },
  rotateSigningKey: {
    method: 'POST',
    path: '/signing-keys',
    summary: 'Make a new key that signs from now on. Tokens of the ones before stay good until they expire.',
    success: { status: 201, body: SigningKey },
    faults: [],
  },
  deleteSigningKey: {
    method: 'DELETE',
    path: '/signing-keys/{keyId}',
    summary: 'Delete a key that no longer signs: its tokens are refused within half a minute.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'SigningKeyInUse'],
  },
} as const satisfies Record<string, AdminOperation>;
