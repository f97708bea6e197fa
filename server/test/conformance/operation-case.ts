import type { FaultName } from '@muster/contract';
import type { PathParameters, WireRequest } from './wire-request.ts';
import type { World } from './world.ts';

/** A request to an operation that differs in these parts from one that succeeds. */
export interface Change extends Partial<Pick<WireRequest, 'body' | 'headers'>> {
  readonly parameters?: PathParameters;
  readonly query?: string;
}

/** A request that is refused. */
export interface Refusal {
  readonly what: string;
  readonly fault: FaultName;
  /** What its description has to name. */
  readonly names?: RegExp;
  /** May do something first that makes the request one to refuse. */
  change(world: World): Change | Promise<Change>;
}

/** The rows of one operation: what it is sent, what it answers, what it refuses. */
export interface OperationCase {
  /** The body that the documentation shows; undefined for operations without one. */
  body?(world: World): unknown;
  /** Looks at the documented answer: its status and schema are checked already. */
  check(answer: { readonly response: Response; readonly body: unknown }, world: World): Promise<void> | void;
  /** The same body in the words of other clients. */
  readonly spellings?: Readonly<Record<string, (world: World) => unknown>>;
  readonly refusals: readonly Refusal[];
}

/** Refusals of a body that has a list of devices under this name ('' : the body is the list). */
export function deviceListRefusals(
  member: string,
  wrap: (devices: unknown, world: World) => unknown,
): readonly Refusal[] {
  const place = member === '' ? 'The list' : member;
  return [
    {
      what: 'no devices',
      fault: 'InvalidInput',
      names: new RegExp(place),
      change: (world) => ({ body: wrap([], world) }),
    },
    {
      what: 'devices that are an object',
      fault: 'InvalidInput',
      names: /must be an array/,
      change: (world) => ({ body: wrap({}, world) }),
    },
    {
      what: 'a device that is a text',
      fault: 'InvalidInput',
      names: /\[0\] must be an object/,
      change: (world) => ({ body: wrap(['device'], world) }),
    },
    {
      what: 'more devices than a call takes',
      fault: 'TooManyDevices',
      names: /1001 .*1000/,
      change: (world) => ({
        body: wrap(
          Array.from({ length: 1001 }, () => ({ id: world.deviceId })),
          world,
        ),
      }),
    },
    {
      what: 'an unknown policy category',
      fault: 'InvalidInput',
      names: /\[0\]\.policies\[0\]\.key must be one of none, o_o_b_e/,
      change: (world) => ({ body: wrap([{ id: world.deviceId, policies: [{ key: 'kiosk' }] }], world) }),
    },
    {
      what: 'a policy that is a number',
      fault: 'InvalidInput',
      names: /\[0\]\.policies\[0\]\.value must be text/,
      change: (world) => ({ body: wrap([{ id: world.deviceId, policies: [{ value: 7 }] }], world) }),
    },
  ];
}

/** Refusals of a path that names a thing there is none of. */
export function pathRefusals(
  parameter: string,
  fault: FaultName,
  values: Readonly<Record<string, string>>,
): readonly Refusal[] {
  return Object.entries(values).map(([what, value]) => ({
    what,
    fault,
    change: () => ({ parameters: { [parameter]: value } }),
  }));
}
