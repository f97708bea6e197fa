import { Type, type Static } from '../schema.ts';

/** Whether a call is only tried out: a parameter of Muster's own. */
export const DryRunQuery = Type.Object({
  dryRun: Type.Optional(
    Type.String({
      description:
        'true: nothing is stored, and the response is 200 with the outcome that each device would have. Absent or false: the call is carried out.',
    }),
  ),
});

/** What would become of one device. */
export const DryRunDevice = Type.Object(
  {
    deviceId: Type.Optional(
      Type.String({ description: 'The device that the call names. Absent for a device to register.' }),
    ),
    serialNumber: Type.Optional(
      Type.String({
        description: 'As submitted; if only a hardware hash was submitted, the serial number in it.',
      }),
    ),
    productKey: Type.Optional(Type.String({ description: 'As submitted.' })),
    outcome: Type.String({ description: '`succeeded`, or the symbolic name of the error.' }),
    errorCode: Type.Optional(
      Type.String({ description: 'A number as a string. Absent on success, and if no number is published.' }),
    ),
    meaning: Type.Optional(
      Type.String({ description: 'Why the device would fail, in the language of the request.' }),
    ),
    remedy: Type.Optional(Type.String({ description: 'What to do, in the language of the request.' })),
  },
  { description: 'What would become of one device.' },
);
export type DryRunDevice = Static<typeof DryRunDevice>;

/** How many devices would have which outcome. */
export const DryRunCounts = Type.Object({
  total: Type.Integer(),
  succeeded: Type.Integer(),
  failed: Type.Integer(),
  byOutcome: Type.Unsafe<Readonly<Record<string, number>>>({
    type: 'object',
    additionalProperties: Type.Integer(),
    description: 'By the name of the outcome, `succeeded` among them. Outcomes of no device are absent.',
  }),
});
export type DryRunCounts = Static<typeof DryRunCounts>;

/** The response to a call with `dryRun=true`. */
export const DryRunResult = Type.Object(
  {
    devices: Type.Array(DryRunDevice, { description: 'One per device of the call, in the same order.' }),
    counts: DryRunCounts,
    attributes: Type.Object({ objectType: Type.Literal('DryRunResult') }),
  },
  { description: 'What a call would do.' },
);
export type DryRunResult = Static<typeof DryRunResult>;
