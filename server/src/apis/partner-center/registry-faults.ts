import { WireError, type FaultValue } from '@muster/contract';
import type { Refusal } from '../../registry/registry-error.ts';
import type { TextName } from '../../texts/en-us.ts';
import { phraseOf } from '../../texts/phrase-of.ts';

/** No id of ours is longer; a client that sends a longer one gets no more of it back. */
export const guidCharactersMax = 64;
const batchIdCharactersMax = 256;

/** The fault for a refusal of the registry. Members are named as Partner Center names them. */
export function faultOf(refusal: Refusal): WireError {
  switch (refusal.kind) {
    case 'customer-forbidden':
      return new WireError('CustomerForbidden', { customerId: refusal.customerId });
    case 'page-token-invalid':
      return invalidInput('MS-ContinuationToken', 'foreignPageToken');
    case 'batch-id-unusable':
      return invalidInput('batchId', refusal.problem);
    case 'batch-exists':
      return new WireError('BatchExists', { batchId: refusal.batchId, member: 'batchId' });
    case 'batch-not-found':
      return new WireError('BatchNotFound', { batchId: refusal.batchId.slice(0, batchIdCharactersMax) });
    case 'batch-job-not-found':
      return new WireError('BatchJobNotFound', {
        trackingId: refusal.trackingId.slice(0, guidCharactersMax),
      });
    case 'job-not-finished':
      return new WireError('JobNotFinished', {
        trackingId: refusal.trackingId.slice(0, guidCharactersMax),
      });
    case 'nothing-to-remove':
      return new WireError('NothingToRemove');
    case 'no-devices':
      return invalidInput(listMember(refusal), 'noDevices');
    case 'too-many-devices': {
      const { count, limit } = refusal;
      return new WireError('TooManyDevices', { member: listMember(refusal), count, limit });
    }
    case 'device-not-found':
      return new WireError('DeviceNotFound', {
        deviceId: refusal.deviceId.slice(0, guidCharactersMax),
        batchId: refusal.batchId.slice(0, batchIdCharactersMax),
      });
    case 'device-unknown':
      return new WireError('RegisteredDeviceNotFound', {
        deviceId: refusal.deviceId.slice(0, guidCharactersMax),
      });
    case 'hardware-hash-unusable':
      return invalidInput('hardwareHash', 'unusableHash');
    case 'policy-unknown':
      return invalidInput('policies[0].value', 'unknownPolicy');
    case 'policy-not-found':
      return new WireError('PolicyNotFound', { policyId: refusal.policyId.slice(0, guidCharactersMax) });
    case 'policy-changed':
      return new WireError('StaleEtag', { member: 'If-Match' });
    case 'policy-in-use':
      return new WireError('PolicyInUse', { count: refusal.devicesCount });
    case 'policy-name-blank':
      return invalidInput('name', 'blank');
    case 'too-many-policies':
      return new WireError('TooManyPolicies', { limit: refusal.limit });
    case 'webhook-url-unusable':
      return invalidInput('url', refusal.problem);
    case 'too-many-webhook-endpoints':
      return new WireError('TooManyWebhookEndpoints', { limit: refusal.limit });
    case 'webhook-endpoint-not-found':
      return new WireError('WebhookEndpointNotFound', {
        endpointId: refusal.endpointId.slice(0, guidCharactersMax),
      });
    case 'webhook-endpoint-disabled':
      return new WireError('WebhookEndpointDisabled', { endpointId: refusal.endpointId });
    case 'webhook-delivery-not-found':
      return new WireError('WebhookDeliveryNotFound', {
        eventId: refusal.eventId.slice(0, guidCharactersMax),
      });
  }
}

/** The fault for a part of a request that cannot be used. */
export function invalidInput(member: FaultValue, problem: TextName): WireError {
  return new WireError('InvalidInput', { member, problem: phraseOf(problem) });
}

/** A list that is the whole body has no name. */
function listMember({ listName }: { listName: string | undefined }): FaultValue {
  return listName ?? phraseOf('theList');
}
