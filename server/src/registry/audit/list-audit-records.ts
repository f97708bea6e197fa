import type { Context } from '../context.ts';
import { readPage, type ListPage, type PageRequest } from '../read-page.ts';
import {
  listAuditRecords as readRecords,
  type AuditFilter,
  type AuditPlace,
  type AuditRecord,
} from '../../store/audit-records.ts';

/** One page of the audit records of a partner, the newest first. Throws `page-token-invalid`. */
export function listAuditRecords(
  ctx: Context,
  filter: AuditFilter,
  page: PageRequest,
): Promise<ListPage<AuditRecord>> {
  return readPage(ctx, page, {
    list: `audit records ${filter.partnerId}`,
    readAfter: (after: AuditPlace | undefined, limit) => readRecords(ctx.db, filter, { after, limit }),
    placeOf: ({ place }) => place,
  });
}
