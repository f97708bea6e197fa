import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A request that a user made to the API through an application. */
export interface PartnerRequest {
  readonly partnerId: string;
  readonly requestedAt: Date;
  readonly requestId: string;
  readonly correlationId: string;
  readonly operationName: string;
  readonly ipAddress: string;
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly clientId: string;
  readonly isMfaCompliant: boolean;
}

/** How many requests were made on a day through an application, by one user where one is named. */
export interface PartnerRequestCount {
  readonly partnerId: string;
  /** `2026-11-25`, UTC. */
  readonly date: string;
  readonly clientId: string;
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly total: number;
  readonly compliant: number;
  readonly lastNonCompliantAt: Date | undefined;
}

/** Adds to the counts. Those of a partner that is gone are dropped. */
export async function addPartnerRequestCounts(db: Db, counts: readonly PartnerRequestCount[]): Promise<void> {
  await db.query(sql`
    insert into partner_request_counts as counts (partner_id, request_date, client_id, user_id, user_principal_name,
      total, compliant, last_non_compliant_at)
    select partner_id, date, client_id, user_id, user_principal_name, total, compliant, last_non_compliant_at
    from unnest(${counts.map(({ partnerId }) => partnerId)}::uuid[], ${counts.map(({ date }) => date)}::date[],
      ${counts.map(({ clientId }) => clientId)}::text[], ${counts.map(({ userId }) => userId)}::text[],
      ${counts.map(({ userPrincipalName }) => userPrincipalName)}::text[],
      ${counts.map(({ total }) => total)}::bigint[], ${counts.map(({ compliant }) => compliant)}::bigint[],
      ${counts.map(({ lastNonCompliantAt }) => lastNonCompliantAt ?? null)}::timestamptz[])
      as added (partner_id, date, client_id, user_id, user_principal_name, total, compliant, last_non_compliant_at)
    join partners using (partner_id)
    order by partner_id, date, client_id, user_id
    on conflict (partner_id, request_date, client_id, user_id) do update set
      user_principal_name = excluded.user_principal_name, total = counts.total + excluded.total,
      compliant = counts.compliant + excluded.compliant,
      last_non_compliant_at = greatest(counts.last_non_compliant_at, excluded.last_non_compliant_at)`);
}

/** Adds requests in their order. Those of a partner that is gone are dropped. */
export async function insertPartnerRequests(db: Db, requests: readonly PartnerRequest[]): Promise<void> {
  await db.query(sql`
    insert into partner_requests (partner_id, requested_at, request)
    select partner_id, requested_at, request
    from unnest(${requests.map(({ partnerId }) => partnerId)}::uuid[],
      ${requests.map(({ requestedAt }) => requestedAt)}::timestamptz[],
      ${requests.map((request) => JSON.stringify(request))}::jsonb[])
      with ordinality as added (partner_id, requested_at, request, position)
    join partners using (partner_id)
    order by position`);
}

/** Deletes what is older than `before`, and of each of these partners all but its `kept` latest requests. */
export async function deleteOldPartnerRequests(
  db: Db,
  { before, partnerIds, kept }: { before: Date; partnerIds: readonly string[]; kept: number },
): Promise<void> {
  await db.query(sql`
    with old_counts as (
      delete from partner_request_counts where request_date < (${before}::timestamptz at time zone 'utc')::date
    ), old_requests as (
      delete from partner_requests where requested_at < ${before}::timestamptz
    ), surplus as (
      select ids.partner_id, latest.request_number
      from unnest(${[...partnerIds]}::uuid[]) as ids (partner_id)
      cross join lateral (
        select request_number from partner_requests requests where requests.partner_id = ids.partner_id
        order by request_number desc offset ${kept} limit 1
      ) latest
    )
    delete from partner_requests requests using surplus
    where requests.partner_id = surplus.partner_id and requests.request_number <= surplus.request_number
      and requests.requested_at >= ${before}::timestamptz`);
}

/** A partner's latest requests, the last one first. */
export async function listPartnerRequests(
  db: Db,
  partnerId: string,
  { since, limit }: { since: Date; limit: number },
): Promise<PartnerRequest[]> {
  const rows = await db.query<{ request: PartnerRequest; requested_at: Date }>(sql`
    select request, requested_at from partner_requests
    where partner_id = ${partnerId} and requested_at >= ${since}
    order by request_number desc limit ${limit}`);
  return rows.map(({ request, requested_at: requestedAt }) => ({ ...request, requestedAt }));
}

/** Requests through one application on one day. */
export interface ApplicationRequestCount {
  readonly date: string;
  readonly clientId: string;
  /** Empty where the application is none of ours. */
  readonly applicationName: string;
  readonly total: number;
  readonly compliant: number;
}

/** A partner's requests by day and application, the last day first. */
export async function countRequestsByApplication(
  db: Db,
  partnerId: string,
  since: Date,
): Promise<ApplicationRequestCount[]> {
  const rows = await db.query<{
    date: string;
    client_id: string;
    name: string;
    total: number;
    compliant: number;
  }>(sql`
    select request_date::text as date, counts.client_id, coalesce(max(applications.name), '') as name,
      sum(total)::float8 as total, sum(compliant)::float8 as compliant
    from partner_request_counts counts
    left join applications on applications.client_id::text = counts.client_id
    where counts.partner_id = ${partnerId} and request_date >= (${since}::timestamptz at time zone 'utc')::date
    group by request_date, counts.client_id
    order by request_date desc, counts.client_id`);
  return rows.map(({ date, client_id: clientId, name: applicationName, total, compliant }) => ({
    date,
    clientId,
    applicationName,
    total,
    compliant,
  }));
}

/** A user who made requests without a second factor. */
export interface NonCompliantUser {
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly lastNonCompliantAt: Date;
}

/** A partner's users who made requests without a second factor, the latest first. */
export async function listNonCompliantUsers(
  db: Db,
  partnerId: string,
  { since, limit }: { since: Date; limit: number },
): Promise<NonCompliantUser[]> {
  const rows = await db.query<{ user_id: string; user_principal_name: string; last_at: Date }>(sql`
    select user_id, max(user_principal_name) as user_principal_name, max(last_non_compliant_at) as last_at
    from partner_request_counts
    where partner_id = ${partnerId} and last_non_compliant_at >= ${since}
    group by user_id order by last_at desc limit ${limit}`);
  return rows.map((row) => ({
    userId: row.user_id,
    userPrincipalName: row.user_principal_name,
    lastNonCompliantAt: row.last_at,
  }));
}
