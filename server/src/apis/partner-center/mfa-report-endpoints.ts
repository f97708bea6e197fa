import { partnerRequestsMax } from '../../registry/partner-requests/partner-request-log.ts';
import {
  countRequestsByApplication,
  listNonCompliantUsers,
  listPartnerRequests,
} from '../../store/access/partner-requests.ts';
import type { OperationCall } from '../endpoint.ts';
import { endpoint } from './endpoint.ts';

export const mfaReportEndpoints = {
  /** GET applicationmfaadoptionstatus: a bare array, as published. */
  listApplicationMfaAdoption: endpoint('listApplicationMfaAdoption', async (call) => {
    const { ctx, caller } = call;
    const since = await writeRecorded(call);
    const counts = await countRequestsByApplication(ctx.db, caller.partnerId, since);
    return counts.map(({ date, clientId, applicationName, total, compliant }) => ({
      loginDate: date,
      mfaCompliantRequestCount: compliant,
      totalRequestCount: total,
      applicationId: clientId,
      applicationName,
    }));
  }),

  /** GET partnerRequests */
  listPartnerRequests: endpoint('listPartnerRequests', async (call) => {
    const { ctx, caller } = call;
    const since = await writeRecorded(call);
    const latest = { since, limit: partnerRequestsMax };
    const requests = await listPartnerRequests(ctx.db, caller.partnerId, latest);
    return collectionOf(
      requests.map((request) => ({
        requestId: request.requestId,
        correlationId: request.correlationId,
        operationName: request.operationName,
        requestDateTime: withoutZone(request.requestedAt),
        ipAddress: request.ipAddress,
        objectId: request.userId,
        tenantId: caller.partnerId,
        upn: request.userPrincipalName,
        applicationId: request.clientId,
        mfaCompliant: request.isMfaCompliant,
      })),
    );
  }),

  /** GET nonMfaCompliantPartnerPrincipals */
  listNonMfaCompliantPartnerPrincipals: endpoint('listNonMfaCompliantPartnerPrincipals', async (call) => {
    const { ctx, caller } = call;
    const since = await writeRecorded(call);
    const latest = { since, limit: partnerRequestsMax };
    const users = await listNonCompliantUsers(ctx.db, caller.partnerId, latest);
    return collectionOf(
      users.map(({ userId, userPrincipalName, lastNonCompliantAt }) => ({
        objectId: userId,
        tenantId: caller.partnerId,
        upn: userPrincipalName,
        lastNonMfaCompliantRequestDateTime: withoutZone(lastNonCompliantAt),
      })),
    );
  }),
};

/** Writes what this node recorded, this request included, and gives the moment that reports begin at. */
async function writeRecorded({ partnerRequests }: OperationCall): Promise<Date> {
  await partnerRequests.write();
  return partnerRequests.since();
}

function collectionOf<Item>(items: Item[]): {
  totalCount: number;
  items: Item[];
  attributes: { objectType: 'Collection' };
} {
  return { totalCount: items.length, items, attributes: { objectType: 'Collection' } };
}

/** Partner Center writes these moments without a zone. */
function withoutZone(moment: Date): string {
  return moment.toISOString().slice(0, -1);
}
