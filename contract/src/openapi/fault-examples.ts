import { mustBeGuid, phrase } from '../locale.ts';
import type { Fault } from '../partner-center/fault.ts';
import type { FaultName } from '../partner-center/fault-catalog.ts';
import { WireError, type FaultValues } from '../partner-center/wire-error.ts';
import { exampleValues } from './example-values.ts';

const { customerId, batchId, deviceId, policyId, trackingId } = exampleValues;

/** What the descriptions of faults are filled with in examples. Faults without places need nothing. */
const values: Partial<Record<FaultName, FaultValues>> = {
  InvalidInput: { member: 'customer-id', problem: mustBeGuid },
  MalformedBody: {
    problem: phrase('it is not valid JSON at position 17', '不是有效的 JSON（at position 17）'),
  },
  BodyTooLarge: { limit: 16_777_216 },
  TooManyDevices: { member: 'devices', count: 1200, limit: 1000 },
  TooManyPolicies: { limit: 500 },
  StaleEtag: { member: 'If-Match' },
  Unauthorized: {
    problem: phrase('the Authorization header has no bearer token', 'Authorization 標頭中沒有 bearer 權杖'),
  },
  CustomerForbidden: { customerId },
  RoleForbidden: { roles: 'AdminAgents' },
  BatchNotFound: { batchId },
  DeviceNotFound: { deviceId, batchId },
  PolicyNotFound: { policyId },
  BatchJobNotFound: { trackingId },
  BatchExists: { batchId, member: 'batchId' },
  PolicyInUse: { count: 3 },
};

/** A fault as it goes out, in English. `own` values fit the operation better than the usual ones. */
export function faultExample(name: FaultName, own?: FaultValues): Fault {
  return new WireError(name, own ?? values[name]).toFault('en-US');
}
