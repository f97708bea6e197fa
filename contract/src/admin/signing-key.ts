import { Type, type Static } from 'typebox';
import { Time } from './fields.ts';

/** A key that signs tokens, without the key. */
export const SigningKey = Type.Object({
  keyId: Type.String({ description: '`kid` in tokens and in the key document.' }),
  createdAt: Time('When it was made.'),
  expiresAt: Type.Optional(Time('When its tokens stop being good; absent for the key that signs now.')),
});
export type SigningKey = Static<typeof SigningKey>;
