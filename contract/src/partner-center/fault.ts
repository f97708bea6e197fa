import { Type, type Static } from 'typebox';

/**
 * The body of every error answer, in Partner Center's shape. All known clients read `code`, `description` and `data`
 * (an array; any other type makes the whole fault unreadable to them): `docs/wire.md` 5.
 */
export const Fault = Type.Object(
  {
    code: Type.String({
      description: 'A number as text where Microsoft publishes one; otherwise the HTTP status.',
    }),
    description: Type.String({ maxLength: 1024, description: 'What is wrong and how to fix it.' }),
    data: Type.Array(Type.String(), { description: 'The members or parameters at fault, if any.' }),
    source: Type.String({ description: 'The system that answered: Muster.' }),
  },
  { $id: 'Fault', description: 'An error answer.' },
);
export type Fault = Static<typeof Fault>;

/**
 * The body of a 429, beside `Retry-After` in whole seconds. It is no fault: .NET clients read `Retry-After` only when
 * the body is not one (`docs/wire.md` 5). https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 */
export const RateLimitExceeded = Type.Object(
  {
    statusCode: Type.Literal(429),
    message: Type.String({ description: 'Rate limit is exceeded. Try again in N seconds.' }),
  },
  { $id: 'RateLimitExceeded', description: 'Too many requests.' },
);
export type RateLimitExceeded = Static<typeof RateLimitExceeded>;
