import { randomUUID } from 'node:crypto';
import { WireError } from '@muster/contract';
import type {
  ApplicationChanges,
  CreatedApplication,
  NewApplication,
} from '@muster/contract/admin/application';
import {
  type ApplicationSecret,
  type ApplicationSecretOnce,
  type NewApplicationSecret,
  applicationSecretsMax,
} from '@muster/contract/admin/application-secret';
import { newRandomSecret } from '../../authority/random-secret.ts';
import { redirectUriProblem } from '../../authority/redirect-uri.ts';
import type { SlowHasher } from '../../authority/slow-hash.ts';
import type { Context } from '../../registry/context.ts';
import {
  type ApplicationSecret as SecretRow,
  deleteApplicationSecret as eraseSecret,
  deleteExpiredSecrets,
  expireOtherSecrets,
  insertApplicationSecret,
  listApplicationSecrets as readSecrets,
} from '../../store/access/application-secrets.ts';
import {
  type Application,
  deleteApplication as eraseApplication,
  findApplication,
  insertApplication,
  listApplications as readApplications,
  updateApplication as changeApplication,
} from '../../store/access/applications.ts';
import type { Db } from '../../store/database.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import { type AdminCall, pageOf, type AdminPage, toPage } from './admin-call.ts';
import { getPartner } from './partners.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/** /admin/v1/partners/{partnerId}/applications and /admin/v1/applications */
export const applicationHandlers = {
  listApplications: (call: AdminCall) => listApplications(call.ctx, call.param('partnerId'), pageOf(call)),
  createApplication: ({ ctx, hasher, param, body }: AdminCall<NewApplication>) =>
    createApplication(ctx, hasher, { partnerId: param('partnerId'), input: body }),
  getApplication: ({ ctx, param }: AdminCall) => getApplication(ctx, param('clientId')),
  updateApplication: ({ ctx, param, body }: AdminCall<ApplicationChanges>) =>
    updateApplication(ctx, param('clientId'), body),
  deleteApplication: ({ ctx, param }: AdminCall) => deleteApplication(ctx, param('clientId')),
  listApplicationSecrets: ({ ctx, param }: AdminCall) => listApplicationSecrets(ctx, param('clientId')),
  createApplicationSecret: ({ ctx, hasher, param, body }: AdminCall<NewApplicationSecret>) =>
    createApplicationSecret(ctx, hasher, { clientId: param('clientId'), input: body }),
  deleteApplicationSecret: ({ ctx, param }: AdminCall) =>
    deleteApplicationSecret(ctx, { clientId: param('clientId'), secretId: param('secretId') }),
};

/** An application. Throws ResourceNotFound. */
async function getApplication(ctx: Context, clientId: string): Promise<Application> {
  const application = await findApplication(ctx.db, clientId);
  if (application?.partnerId === undefined) throw resourceNotFound('application', clientId);
  return application;
}

/** A partner's applications by id. Throws ResourceNotFound for an unknown partner. */
async function listApplications(
  ctx: Context,
  partnerId: string,
  page: AdminPage,
): Promise<{ items: readonly Application[]; next?: string }> {
  await getPartner(ctx, partnerId);
  return toPage(
    page,
    (part) => readApplications(ctx.db, partnerId, part),
    ({ clientId }) => clientId,
  );
}

/**
 * Adds an application, with its first secret unless it is public. Throws ResourceNotFound for an unknown partner and
 * ResourceExists when the client id is taken.
 */
async function createApplication(
  ctx: Context,
  hasher: SlowHasher,
  { partnerId, input }: { partnerId: string; input: NewApplication },
): Promise<CreatedApplication> {
  const application = {
    clientId: input.clientId?.toLowerCase() ?? randomUUID(),
    partnerId,
    name: input.name,
    roles: input.roles ?? [],
    redirectUris: input.redirectUris ?? [],
    isPublic: input.isPublic ?? false,
  };
  checkRedirectUris(application.redirectUris);
  const lifetime = { lifetimeDays: input.secretLifetimeDays };
  const secret = application.isPublic ? undefined : await newSecret(ctx, hasher, lifetime);
  await ctx.db.transaction(async (tx) => {
    const result = await insertApplication(tx, application);
    if (result === 'no-partner') throw resourceNotFound('partner', partnerId);
    if (result === 'taken') throw resourceExists('application', 'clientId');
    if (secret) await addSecret(tx, application.clientId, secret);
  });
  return { ...application, ...(secret && { secret: secret.shown }) };
}

/** Changes an application. Its current tokens keep the old roles until they expire. Throws ResourceNotFound. */
async function updateApplication(
  ctx: Context,
  clientId: string,
  changes: ApplicationChanges,
): Promise<Application> {
  checkRedirectUris(changes.redirectUris ?? []);
  const application = await changeApplication(ctx.db, clientId, changes);
  if (!application) throw resourceNotFound('application', clientId);
  return application;
}

/** Deletes an application, its secrets and its sign-ins. Throws ResourceNotFound. */
async function deleteApplication(ctx: Context, clientId: string): Promise<void> {
  if (!(await eraseApplication(ctx.db, clientId))) throw resourceNotFound('application', clientId);
}

/** Throws InvalidInput for a redirect URI that must not be registered. */
function checkRedirectUris(uris: readonly string[]): void {
  for (const [position, uri] of uris.entries()) {
    const problem = redirectUriProblem(uri);
    if (problem !== undefined)
      throw new WireError('InvalidInput', {
        member: `redirectUris[${position}]`,
        problem: phraseOf(problem),
      });
  }
}

/** An application's secrets that have not expired, newest first. Throws ResourceNotFound. */
async function listApplicationSecrets(
  ctx: Context,
  clientId: string,
): Promise<{ items: ApplicationSecret[] }> {
  await getApplication(ctx, clientId);
  return { items: (await readSecrets(ctx.db, clientId, ctx.now())).map(describeSecret) };
}

const hourMs = 3_600_000;

/**
 * Adds a secret to an application and, to rotate, lets the others expire. Throws ResourceNotFound, PublicApplication or
 * TooManySecrets.
 */
async function createApplicationSecret(
  ctx: Context,
  hasher: SlowHasher,
  { clientId, input }: { clientId: string; input: NewApplicationSecret },
): Promise<ApplicationSecretOnce> {
  const { isPublic } = await getApplication(ctx, clientId);
  if (isPublic) throw new WireError('PublicApplication');
  const secret = await newSecret(ctx, hasher, { lifetimeDays: input.lifetimeDays });
  const { secretId, createdAt } = secret.row;
  await ctx.db.transaction(async (tx) => {
    await deleteExpiredSecrets(tx, clientId, createdAt);
    await addSecret(tx, clientId, secret);
    if (input.othersExpireInHours === undefined) return;
    const expiresAt = new Date(createdAt.getTime() + input.othersExpireInHours * hourMs);
    await expireOtherSecrets(tx, { clientId, secretId, expiresAt });
  });
  return secret.shown;
}

/** Deletes a secret, which stops working immediately. Throws ResourceNotFound. */
async function deleteApplicationSecret(
  ctx: Context,
  key: { clientId: string; secretId: string },
): Promise<void> {
  if (!(await eraseSecret(ctx.db, key))) throw resourceNotFound('secret', key.secretId);
}

/** A secret before it is stored. */
interface NewSecret {
  readonly row: { secretId: string; secretHash: string; createdAt: Date; expiresAt: Date | undefined };
  /** With the secret itself, for the response that shows it. */
  readonly shown: ApplicationSecretOnce;
}

const dayMs = 86_400_000;

/** Creates a secret. Call it before a transaction begins, because hashing is slow. */
async function newSecret(
  ctx: Context,
  hasher: SlowHasher,
  { lifetimeDays }: { lifetimeDays: number | undefined },
): Promise<NewSecret> {
  const clientSecret = newRandomSecret();
  const createdAt = ctx.now();
  const expiresAt =
    lifetimeDays === undefined ? undefined : new Date(createdAt.getTime() + lifetimeDays * dayMs);
  const secretId = randomUUID();
  const row = { secretId, secretHash: await hasher.hash(clientSecret), createdAt, expiresAt };
  return { row, shown: { ...describeSecret(row), clientSecret } };
}

/** Stores a secret. Throws TooManySecrets. */
async function addSecret(tx: Db, clientId: string, { row }: NewSecret): Promise<void> {
  const isAdded = await insertApplicationSecret(tx, { ...row, clientId, secretsMax: applicationSecretsMax });
  if (!isAdded) throw new WireError('TooManySecrets', { limit: applicationSecretsMax });
}

/** What may be known of a secret. */
function describeSecret({ secretId, createdAt, expiresAt }: SecretRow): ApplicationSecret {
  return {
    secretId,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}
