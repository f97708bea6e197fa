import { parseGuid } from '@muster/contract/guid';
import type { TokenCredential } from '@muster/sdk';
import { rm } from 'node:fs/promises';
import { usageError } from '../cli-error.ts';
import { defineCommand, type Language, type SharedInvocation } from '../command.ts';
import { loginFile, storeLogin, type StoredCredentials } from '../connection/settings.ts';
import { readSettings } from '../connection/settings.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { MessageKey } from '../messages/message.ts';

export const loginCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: `muster login
muster login --credentials .muster/credentials.json
muster login --device-code --url https://muster.example --tenant-id ID --client-id ID`,
  json: {
    'en-US': '{"file","baseUrl","tenantId","clientId","customerId"}, without the secret.',
    'zh-TW': '{"file","baseUrl","tenantId","clientId","customerId"}；不含密碼。',
  },
  options: {
    customer: {
      type: 'string',
      short: 'c',
      value: 'ID',
      description: { 'en-US': 'Default customer ID', 'zh-TW': '預設的客戶識別碼' },
    },
    'device-code': {
      type: 'boolean',
      description: {
        'en-US': 'Sign in as a user, by entering a code in a browser',
        'zh-TW': '在瀏覽器輸入代碼，以使用者身分登入',
      },
    },
    remove: {
      type: 'boolean',
      description: { 'en-US': 'Remove the stored sign-in', 'zh-TW': '移除已儲存的登入資訊' },
    },
  },
  async run(invocation, io) {
    const { values, say } = invocation;
    if (values.remove) {
      await rm(loginFile(io), { force: true });
      await io.stderr.write(`${say('loginRemoved')}\n`);
      return exitCode.finished;
    }
    const isUser = values['device-code'] ?? false;
    const login = await collect({ ...invocation, isUser, customerId: values.customer }, io);
    const refreshToken = await signIn(login, { ...invocation, isUser }, io);
    const stored = isUser ? { ...login, refreshToken } : login;
    const file = await storeLogin(stored, io);
    const { baseUrl, tenantId, clientId, customerId } = login;
    if (values.json) {
      await io.stdout.write(
        `${JSON.stringify({ file, baseUrl, tenantId, clientId, customerId }, null, 2)}\n`,
      );
    } else {
      await io.stderr.write(`${say('loginChecked')} ${say('loginStored', { file })}\n`);
    }
    return exitCode.finished;
  },
});

interface LoginRequest extends SharedInvocation {
  readonly isUser: boolean;
  readonly customerId?: string | undefined;
}

type Login = StoredCredentials &
  Required<Pick<StoredCredentials, 'baseUrl' | 'authority' | 'tenantId' | 'clientId'>>;

/** The settings from flags, environment, and credentials file. At a terminal, asks for the rest. */
async function collect(request: LoginRequest, io: Io): Promise<Login> {
  const { isUser, customerId } = request;
  const known = await readSettings(request.values, io);
  const { clouds } = await import('@muster/sdk');
  const cloud = known.cloud && clouds[known.cloud];
  const ask = createAsker(request, io);
  const baseUrl = await ask('--url', cloud?.baseUrl ?? known.baseUrl, { key: 'askUrl' });
  const authority = cloud?.authority ?? known.authority ?? baseUrl;
  const tenantId = await ask('--tenant-id', known.tenantId, { key: 'askTenantId' });
  const clientId = await ask('--client-id', known.clientId, { key: 'askClientId' });
  const clientSecret = isUser
    ? known.clientSecret
    : await ask('--client-secret', known.clientSecret, { key: 'askClientSecret', isHidden: true });
  const isAsking = io.stdin.isTTY && io.stderr.isTTY;
  const given = customerId ?? known.customerId;
  const customer =
    given ?? (isAsking ? (await io.ask({ text: request.say('askCustomerId') })) || undefined : undefined);
  if (customer !== undefined && parseGuid(customer) === undefined) {
    throw usageError('badGuid', { name: '--customer', value: customer });
  }
  return {
    baseUrl,
    authority,
    tenantId,
    clientId,
    ...(clientSecret !== undefined && { clientSecret }),
    ...(customer !== undefined && { customerId: customer }),
  };
}

interface Prompt {
  readonly key: MessageKey;
  readonly isHidden?: boolean;
}

function createAsker({ say }: Language, io: Io) {
  return async (
    flag: string,
    known: string | undefined,
    { key, isHidden = false }: Prompt,
  ): Promise<string> => {
    if (known !== undefined) return known;
    if (!io.stdin.isTTY || !io.stderr.isTTY) throw usageError('loginNeedsTerminal', { names: flag });
    const answer = await io.ask({ text: say(key), isHidden });
    io.interruption.throwIfAborted();
    if (answer === '') throw usageError('missingOption', { option: flag });
    if (flag === '--url' && !/^https?:\/\/./.test(answer))
      throw usageError('badUrl', { name: flag, value: answer });
    return answer;
  };
}

/** Gets a token, so that a login that is stored is one that works. Gives the refresh token of a user. */
async function signIn(login: Login, { isUser, say }: LoginRequest, io: Io): Promise<string> {
  const sdk = await import('@muster/sdk');
  let refreshToken = '';
  const application = { ...login, fetch: io.fetch };
  const credential: TokenCredential = isUser
    ? sdk.deviceCodeCredential({
        ...application,
        onPrompt: ({ verificationUri, userCode }) =>
          io.stderr.write(`${say('loginDeviceCode', { url: verificationUri, code: userCode })}\n`),
        onRefreshToken: (token) => void (refreshToken = token),
      })
    : sdk.clientSecretCredential({ ...application, clientSecret: login.clientSecret ?? '' });
  const cloud = Object.values(sdk.clouds).find(({ baseUrl }) => baseUrl === login.baseUrl);
  await credential.getToken([...(cloud ?? sdk.clouds.global).scopes], { abortSignal: io.interruption });
  return refreshToken;
}
