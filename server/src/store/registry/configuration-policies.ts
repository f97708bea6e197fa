import sql from 'sql-template-tag';
import type { Db } from '../database.ts';
import { insertRequest, type IdempotentRequest } from './idempotent-requests.ts';

/** A configuration policy, and how many devices have it at this moment. */
export interface ConfigurationPolicy {
  readonly policyId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly settings: readonly string[];
  /** Counts the changes. */
  readonly version: number;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly devicesCount: number;
}

/** The versions that a change is for; undefined: whatever the version is. */
export type PolicyVersions = readonly number[] | undefined;

interface Row {
  readonly policy_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly settings: string[];
  readonly version: number;
  readonly created_at: Date;
  readonly modified_at: Date;
  readonly devices_count: number;
}

/** A policy to store. */
export interface NewConfigurationPolicy {
  readonly policyId: string;
  readonly customerId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly settings: readonly string[];
  readonly createdAt: Date;
}

/**
 * Stores a policy; false when the customer has as many as it may. The lock on the customer makes two of these wait for
 * each other, so that they cannot pass the limit together; uploads do not wait for it.
 */
export async function insertConfigurationPolicy(
  tx: Db,
  policy: NewConfigurationPolicy,
  policiesMax: number,
): Promise<boolean> {
  await tx.query(sql`
    select customer_id from customers where customer_id = ${policy.customerId} for no key update`);
  const rows = await tx.query(sql`
    with changed as (
      insert into configuration_policies
        (policy_id, customer_id, name, name_folded, description, settings, created_at, modified_at)
      select ${policy.policyId}::uuid, ${policy.customerId}::uuid, ${policy.name}, ${policy.name.toLowerCase()},
        ${policy.description ?? null}, ${[...policy.settings]}::text[], ${policy.createdAt}::timestamptz, ${policy.createdAt}::timestamptz
      where (select count(*) from configuration_policies where customer_id = ${policy.customerId}::uuid) < ${policiesMax}::int
      returning *, 0 as devices_count
    ), ${keepVersion}
    select policy_id from changed`);
  return rows.length === 1;
}

/** Every policy of a customer, oldest first. The counts come from an index of the devices that have a policy. */
export async function listConfigurationPolicies(db: Db, customerId: string): Promise<ConfigurationPolicy[]> {
  const rows = await db.query<Row>(sql`
    select policy_id, name, description, settings, version, created_at, modified_at,
      (select count(*)::int from devices d where d.policy_id = p.policy_id) as devices_count
    from configuration_policies p
    where customer_id = ${customerId}
    order by policy_id`);
  return rows.map(toPolicy);
}

/** Undefined when this customer has no such policy. */
export async function findConfigurationPolicy(
  db: Db,
  key: { customerId: string; policyId: string },
): Promise<ConfigurationPolicy | undefined> {
  const rows = await db.query<Row>(sql`
    select policy_id, name, description, settings, version, created_at, modified_at,
      (select count(*)::int from devices d where d.policy_id = p.policy_id) as devices_count
    from configuration_policies p
    where policy_id = ${key.policyId} and customer_id = ${key.customerId}`);
  return rows[0] && toPolicy(rows[0]);
}

function toPolicy(row: Row): ConfigurationPolicy {
  return {
    policyId: row.policy_id,
    name: row.name,
    description: row.description ?? undefined,
    settings: row.settings,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    devicesCount: row.devices_count,
  };
}

/** What to change; a member that is undefined stays. */
export interface ConfigurationPolicyChange {
  readonly customerId: string;
  readonly policyId: string;
  readonly name: string | undefined;
  /** The empty text takes it away. */
  readonly description: string | undefined;
  readonly settings: readonly string[] | undefined;
  readonly modifiedAt: Date;
  readonly versions: PolicyVersions;
}

/** Locks a policy until the transaction ends and tells its version; undefined when this customer has no such policy. */
export async function lockConfigurationPolicy(
  tx: Db,
  key: { customerId: string; policyId: string },
): Promise<number | undefined> {
  const rows = await tx.query<{ version: number }>(sql`
    select version from configuration_policies
    where policy_id = ${key.policyId} and customer_id = ${key.customerId}
    for no key update`);
  return rows[0]?.version;
}

/** The changed policy; undefined when there is none of this id and these versions. */
export async function updateConfigurationPolicy(
  db: Db,
  change: ConfigurationPolicyChange,
): Promise<ConfigurationPolicy | undefined> {
  const rows = await db.query<Row>(sql`
    with changed as (
      update configuration_policies p
      set name = coalesce(${change.name ?? null}, name),
        name_folded = coalesce(${change.name?.toLowerCase() ?? null}, name_folded),
        description = nullif(coalesce(${change.description ?? null}, description), ''),
        settings = coalesce(${change.settings ? [...change.settings] : null}::text[], settings),
        version = version + 1, modified_at = ${change.modifiedAt}
      where policy_id = ${change.policyId} and customer_id = ${change.customerId}
        and (${change.versions ? [...change.versions] : null}::int[] is null
          or version = any (${change.versions ? [...change.versions] : null}::int[]))
      returning *, (select count(*)::int from devices d where d.policy_id = p.policy_id) as devices_count
    ), ${keepVersion}
    select * from changed`);
  return rows[0] && toPolicy(rows[0]);
}

/** Part of a statement in which `changed` is a policy that was created or changed: keeps this version of it. */
const keepVersion = sql`version as (
      insert into configuration_policy_versions
        (policy_id, version, name, description, settings, devices_count, created_at, modified_at)
      select policy_id, version, name, description, settings, devices_count, created_at, modified_at from changed
    )`;

/** A policy as it was in one of its versions, also when it is gone; undefined when that is too long ago. */
export async function findPolicyVersion(
  db: Db,
  key: { policyId: string; version: number },
): Promise<ConfigurationPolicy | undefined> {
  const rows = await db.query<Row>(sql`
    select policy_id, name, description, settings, version, created_at, modified_at, devices_count
    from configuration_policy_versions
    where policy_id = ${key.policyId} and version = ${key.version}`);
  return rows[0] && toPolicy(rows[0]);
}

/** Forgets versions of policies from before this time. The policies themselves stay. */
export async function deletePolicyVersionsBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`delete from configuration_policy_versions where modified_at <= ${before}`);
}

/** The constraint that refuses to delete a policy which devices have, and to give devices a policy which is gone. */
export const devicesPolicyExists = 'devices_policy_exists';

/**
 * Deletes a policy; false when there is none of this id and these versions. Throws, by the constraint
 * `devicesPolicyExists`, when devices have it.
 */
export async function deleteConfigurationPolicy(
  db: Db,
  key: { customerId: string; policyId: string; versions: PolicyVersions },
  request: IdempotentRequest,
): Promise<boolean> {
  const versions = key.versions ? [...key.versions] : null;
  const rows = await db.query<{ is_deleted: boolean }>(sql`
    with gone as (
      delete from configuration_policies
      where policy_id = ${key.policyId} and customer_id = ${key.customerId}
        and (${versions}::int[] is null or version = any (${versions}::int[]))
      returning policy_id
    ), request as (
      ${insertRequest(request, { kind: 'deletion', resourceId: key.policyId }, sql`gone`)}
    )
    select exists (select from gone) as is_deleted`);
  return rows[0]?.is_deleted === true;
}

/** A policy that a reference in an upload means. */
export interface ReferencedPolicy {
  readonly reference: string;
  readonly policyId: string;
  readonly customerId: string;
}

/** The policies with these ids, whosever they are. */
export async function findPoliciesByIds(db: Db, policyIds: readonly string[]): Promise<ReferencedPolicy[]> {
  const rows = await db.query<{ policy_id: string; customer_id: string }>(sql`
    select policy_id, customer_id from configuration_policies where policy_id = any (${[...policyIds]}::uuid[])`);
  return rows.map((row) => ({
    reference: row.policy_id,
    policyId: row.policy_id,
    customerId: row.customer_id,
  }));
}

/** The policies of one customer with these folded names; a name that two have is left out. */
export async function findPoliciesByNames(
  db: Db,
  customerId: string,
  foldedNames: readonly string[],
): Promise<ReferencedPolicy[]> {
  const rows = await db.query<{ name_folded: string; policy_ids: string[] }>(sql`
    select name_folded, array_agg(policy_id) as policy_ids from configuration_policies
    where customer_id = ${customerId} and name_folded = any (${[...foldedNames]}::text[])
    group by name_folded
    having count(*) = 1`);
  return rows.flatMap((row) =>
    row.policy_ids.map((policyId) => ({ reference: row.name_folded, policyId, customerId })),
  );
}
