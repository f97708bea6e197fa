import { hash } from 'node:crypto';
import { formatGuid } from '../../../contract/src/guid.ts';
import type { Filling } from './fill-statements.ts';

/** Paths of the statuses of filled jobs, evenly spread over all of them, as `fill-statements.ts` names them. */
export function filledJobPaths({ jobs, customers }: Filling, count: number): string[] {
  const step = Math.max(1, Math.floor(jobs / count));
  return Array.from({ length: Math.min(count, jobs) }, (_, index) => {
    const job = index * step;
    const customerId = digestGuid(`customer${job % customers}`);
    return `/v1/customers/${customerId}/batchJobStatus/${digestGuid(`job${job}`)}`;
  });
}

/** What `md5(text)::uuid` is in SQL. */
function digestGuid(text: string): string {
  return formatGuid(hash('md5', text));
}
