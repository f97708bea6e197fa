import { Type, type Static } from 'typebox';
import { Guid, LifetimeDays, Time } from './fields.ts';

/** How many unexpired secrets an application has at the most. */
export const applicationSecretsMax = 10;

/** What may be known of a secret. */
export const ApplicationSecret = Type.Object({
  secretId: Guid('Names the secret; it is not the secret.'),
  createdAt: Time('When it was made.'),
  expiresAt: Type.Optional(Time('When it stops working; absent when it does not.')),
});
export type ApplicationSecret = Static<typeof ApplicationSecret>;

/** A secret as it is shown once, when it is made. */
export const ApplicationSecretOnce = Type.Object({
  ...ApplicationSecret.properties,
  clientSecret: Type.String({ description: 'The secret. It cannot be shown again.' }),
});
export type ApplicationSecretOnce = Static<typeof ApplicationSecretOnce>;

export const NewApplicationSecret = Type.Object(
  {
    lifetimeDays: Type.Optional(LifetimeDays),
    othersExpireInHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 8760,
        description: 'Rotation: the other secrets work for so many more hours. Default: they are left alone.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type NewApplicationSecret = Static<typeof NewApplicationSecret>;
