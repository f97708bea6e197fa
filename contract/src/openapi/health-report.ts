import { Type } from 'typebox';

/** What the health endpoints answer. */
export const HealthReport = Type.Object(
  {
    status: Type.Union([Type.Literal('live'), Type.Literal('ready'), Type.Literal('not ready')]),
  },
  { description: 'Whether a node can be sent requests.' },
);
