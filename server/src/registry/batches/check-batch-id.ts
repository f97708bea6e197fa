import { phrase, WireError } from '@muster/contract';

const blank = phrase('must not be blank', '不得空白');
const dots = phrase(
  'must not be "." or "..": no client can send such a path',
  '不可為「.」或「..」：用戶端無法傳送這種路徑',
);

/**
 * Throws InvalidInput for an id whose batch nobody could ever reach: it is a part of paths, and clients resolve dots in
 * those before they send them.
 */
export function checkBatchId(batchId: string): void {
  if (batchId.trim() === '') throw new WireError('InvalidInput', { member: 'batchId', problem: blank });
  if (batchId === '.' || batchId === '..')
    throw new WireError('InvalidInput', { member: 'batchId', problem: dots });
}
