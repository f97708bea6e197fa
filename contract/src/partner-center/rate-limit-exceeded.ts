import { Type, type Static } from 'typebox';

/**
 * The body of a 429, beside `Retry-After` in whole seconds. It is no fault: .NET clients read `Retry-After` only when
 * the body is not one (`wire.md` 5). https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 */
export const RateLimitExceeded = Type.Object(
  {
    statusCode: Type.Literal(429),
    message: Type.String({ description: 'Rate limit is exceeded. Try again in N seconds.' }),
  },
  { $id: 'RateLimitExceeded', description: 'Too many requests.' },
);
export type RateLimitExceeded = Static<typeof RateLimitExceeded>;
