import { Type, type Static } from '../schema.ts';

/**
 * The body of every error response, as in Partner Center. All known clients read `code`, `description` and `data`, which
 * must be an array: they cannot read a fault in which it has any other type (`docs/wire.md` 5).
 */
export const Fault = Type.Object(
  {
    code: Type.String({
      description: "Microsoft's number as a string, or the HTTP status if no number is published.",
    }),
    description: Type.String({ maxLength: 1024, description: 'What is wrong and how to fix it.' }),
    data: Type.Array(Type.String(), { description: 'The members or parameters at fault, if any.' }),
    source: Type.String({ description: 'The system that returned the error: Muster.' }),
  },
  { $id: 'Fault', description: 'An error response.' },
);
export type Fault = Static<typeof Fault>;

/**
 * The body of a 429, which also has a `Retry-After` header. It is not a fault, because .NET clients read `Retry-After`
 * only then (`docs/wire.md` 5). https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 */
export const RateLimitExceeded = Type.Object(
  {
    statusCode: Type.Literal(429),
    message: Type.String({ description: 'Rate limit is exceeded. Try again in N seconds.' }),
  },
  { $id: 'RateLimitExceeded', description: 'Too many requests.' },
);
export type RateLimitExceeded = Static<typeof RateLimitExceeded>;
