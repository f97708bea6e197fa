import * as auditRecord from '@muster/contract/muster/audit-record';
import * as device from '@muster/contract/muster/device';
import * as hardwareHash from '@muster/contract/muster/hardware-hash';
import * as job from '@muster/contract/muster/job';
import * as event from '@muster/contract/muster/event';
import * as webhookEndpoint from '@muster/contract/muster/webhook-endpoint';
import * as removal from '@muster/contract/muster/removal';
import { describeTypes, generatedHead, namesBySchema } from './describe-wire-types.ts';

const schemas = {
  ...device,
  ...auditRecord,
  ...job,
  ...webhookEndpoint,
  ...removal,
  ...hardwareHash,
  ...event,
};

/** The types of Muster's own API, as TypeScript. Queries and pages have types of the SDK's own. */
export function describeMusterTypes(): string {
  const wanted = Object.keys(schemas).filter(
    (name) => /^[A-Z]/.test(name) && !/(Query|Page|List|DecodeRequest)$/.test(name),
  );
  return `${[generatedHead, ...describeTypes(schemas, wanted, namesBySchema(schemas))].join('\n\n')}\n`;
}
