import { randomBytes, randomUUID } from 'node:crypto';
import { startTestMuster, type TestMuster, type TestMusterOptions } from './muster.ts';

/** The answer to a request of the administration API. */
export interface AdminAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A Muster whose administrator the test is. */
export interface AdministeredMuster extends TestMuster {
  readonly adminSecret: string;
  /** A request to the administration API; `secret` in place of the administrator's. */
  admin(method: string, path: string, body?: unknown, secret?: string): Promise<AdminAnswer>;
}

/** Starts a Muster with an administrator's secret in its settings. */
export async function startAdministeredMuster(options: TestMusterOptions = {}): Promise<AdministeredMuster> {
  const adminSecret = randomBytes(32).toString('base64url');
  const muster = await startTestMuster({
    ...options,
    settings: { MUSTER_ADMIN_SECRET: adminSecret, ...options.settings },
  });
  return {
    ...muster,
    adminSecret,
    admin: async (method, path, body, secret = adminSecret) => {
      const response = await muster.call(method, `/admin/v1${path}`, {
        token: secret,
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
    },
  };
}

/** A partner with what it needs to sign in: made by the administration API. */
export interface TestPartner {
  readonly partnerId: string;
  readonly domainName: string;
  readonly confidential: { readonly clientId: string; readonly clientSecret: string };
  /** A public application with a loopback redirect URI. */
  readonly publicClientId: string;
  readonly user: { readonly userId: string; readonly userPrincipalName: string; readonly password: string };
}

export const redirectUri = 'https://app.contoso.example/signed-in';
export const loopbackUri = 'http://127.0.0.1/signed-in';

/** Makes a partner with two applications and a user. */
export async function makePartner(
  muster: AdministeredMuster,
  roles: { application?: readonly string[]; user?: readonly string[] } = {},
): Promise<TestPartner> {
  const domainName = `${randomUUID()}.example`;
  const partner = await made(muster, '/partners', { name: 'Fabrikam', domainName });
  const partnerId = String(partner.partnerId);
  const redirectUris = [redirectUri, loopbackUri];
  const application = await made(muster, `/partners/${partnerId}/applications`, {
    name: 'Automation & <Tools>',
    roles: roles.application ?? ['AdminAgents'],
    redirectUris,
  });
  const publicApplication = await made(muster, `/partners/${partnerId}/applications`, {
    name: 'Desk tool',
    isPublic: true,
    redirectUris,
  });
  const user = await made(muster, `/partners/${partnerId}/users`, {
    userPrincipalName: `Ada@${domainName}`,
    displayName: 'Ada',
    roles: roles.user ?? ['AdminAgents'],
  });
  return {
    partnerId,
    domainName,
    confidential: {
      clientId: String(application.clientId),
      clientSecret: (application.secret as { clientSecret: string }).clientSecret,
    },
    publicClientId: String(publicApplication.clientId),
    user: {
      userId: String(user.userId),
      userPrincipalName: String(user.userPrincipalName),
      password: String(user.password),
    },
  };
}

async function made(
  muster: AdministeredMuster,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const answer = await muster.admin('POST', path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The answer of an endpoint that takes a form. */
export interface FormAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Posts a form to an endpoint below a tenant, `oauth2/token` for one. */
export async function postForm(
  muster: TestMuster,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<FormAnswer> {
  const response = await fetch(`${muster.url}/${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** What a token says, not verified. */
export function claimsOf(token: unknown): Record<string, unknown> {
  const payload = String(token).split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}
