import type { WebhookEndpoint, WebhookEndpointWithSecret } from '@muster/sdk';
import { usageError } from '../../cli-error.ts';
import {
  defineCommand,
  required,
  type Language,
  type Options,
  type SharedInvocation,
} from '../../command.ts';
import { connect } from '../../connection/connect.ts';
import { exitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { confirm, yesOption } from '../../terminal/confirm.ts';
import { printList } from '../../terminal/print-list.ts';
import type { Column } from '../../terminal/render-table.ts';

const eventTypes = [
  'batch_job.finished',
  'batch_job.broken',
  'device.removed',
  'webhook_endpoint.disabled',
  'ping',
] as const;

const endpointOptions = {
  to: {
    type: 'string',
    value: 'URL',
    description: { 'en-US': 'URL to send webhooks to', 'zh-TW': 'Webhook 的傳送目標 URL' },
  },
  description: {
    type: 'string',
    value: 'TEXT',
    description: { 'en-US': 'Description of the endpoint', 'zh-TW': '端點的說明' },
  },
  event: {
    type: 'string',
    multiple: true,
    value: 'TYPE',
    choices: [...eventTypes, 'all'],
    description: {
      'en-US': `Event to send. Can be repeated; all by default: ${eventTypes.join(', ')}`,
      'zh-TW': `要傳送的事件，可重複指定；預設為全部：${eventTypes.join('、')}`,
    },
  },
  'for-customer': {
    type: 'string',
    multiple: true,
    value: 'ID',
    description: {
      'en-US': 'Customer whose events are sent, or all (the default). Can be repeated',
      'zh-TW': '要傳送其事件的客戶，或 all（預設）；可重複指定',
    },
  },
} as const satisfies Options;

const json = {
  'en-US': "One WebhookEndpoint resource of Muster's own API per line.",
  'zh-TW': '每行一個 Muster 自有 API 的 WebhookEndpoint。',
};

const jsonWithSecret = {
  'en-US': 'The WebhookEndpointWithSecret resource. Its secret is not shown again.',
  'zh-TW': 'WebhookEndpointWithSecret 資源。其密碼不會再次顯示。',
};

const id = '019abc4e-2f5a-7c31-9f6d-8a1f3b6c2d10';

export const createWebhookCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: `muster webhooks create --to https://hooks.contoso.example/muster
muster webhooks create --to https://hooks.contoso.example/muster --event batch_job.finished --ed25519`,
  json: jsonWithSecret,
  options: {
    ...endpointOptions,
    to: required(endpointOptions.to),
    ed25519: {
      type: 'boolean',
      description: {
        'en-US': 'Sign with an ed25519 key (v1a) instead of a shared secret (v1)',
        'zh-TW': '以 ed25519 金鑰（v1a）簽署，而非共用密碼（v1）',
      },
    },
  },
  async run(invocation, io) {
    const { values } = invocation;
    const { partner } = await connect(invocation, io);
    const request = {
      ...toSettings(values),
      url: values.to,
      signatureVersion: values.ed25519 ? 'v1a' : 'v1',
    } as const;
    const made = await partner.webhooks.create(request, { signal: io.interruption });
    await printWithSecret(made, invocation, io);
    return exitCode.finished;
  },
});

export const listWebhooksCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster webhooks list',
  json,
  options: {},
  async run(invocation, io) {
    const { partner } = await connect(invocation, io);
    await printEndpoints(await partner.webhooks.list({ signal: io.interruption }), invocation, io);
    return exitCode.finished;
  },
});

export const showWebhookCommand = defineCommand({
  usage: 'ENDPOINT_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster webhooks show ${id}`,
  json,
  options: {},
  async run(invocation, io) {
    const [endpointId = ''] = invocation.arguments;
    const { partner } = await connect(invocation, io);
    await printEndpoints(
      [await partner.webhooks.byId(endpointId).get({ signal: io.interruption })],
      invocation,
      io,
    );
    return exitCode.finished;
  },
});

export const updateWebhookCommand = defineCommand({
  usage: 'ENDPOINT_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster webhooks update ${id} --event all
muster webhooks update ${id} --enable`,
  json,
  options: {
    ...endpointOptions,
    enable: {
      type: 'boolean',
      description: { 'en-US': 'Send events from now on', 'zh-TW': '從現在起傳送事件' },
    },
    disable: {
      type: 'boolean',
      description: {
        'en-US': 'Send nothing, and give up what has not been delivered',
        'zh-TW': '不再傳送，並放棄尚未送達的內容',
      },
    },
  },
  async run(invocation, io) {
    const { values } = invocation;
    const [endpointId = ''] = invocation.arguments;
    const { enable, disable } = values;
    if (enable && disable) throw usageError('optionsExclude', { options: '--enable, --disable' });
    const isEnabled = enable || disable ? enable === true : undefined;
    const changes = {
      ...toSettings(values),
      ...(values.to && { url: values.to }),
      ...(isEnabled !== undefined && { isEnabled }),
    };
    if (Object.keys(changes).length === 0)
      throw usageError('nothingToChange', {
        options: '--to, --description, --event, --for-customer, --enable, --disable',
      });
    const { partner } = await connect(invocation, io);
    const endpoint = await partner.webhooks.byId(endpointId).update(changes, { signal: io.interruption });
    await printEndpoints([endpoint], invocation, io);
    return exitCode.finished;
  },
});

export const rotateWebhookSecretCommand = defineCommand({
  usage: 'ENDPOINT_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster webhooks rotate-secret ${id} --former-key-hours 48`,
  json: jsonWithSecret,
  options: {
    'former-key-hours': {
      type: 'string',
      isCount: true,
      value: 'NUMBER',
      description: {
        'en-US': 'Hours for which the former key signs as well, up to 168 (default: 24)',
        'zh-TW': '先前的金鑰同時簽署的時數，上限 168（預設：24）',
      },
    },
  },
  async run(invocation, io) {
    const [endpointId = ''] = invocation.arguments;
    const hours = invocation.values['former-key-hours'];
    const { partner } = await connect(invocation, io);
    const options = {
      signal: io.interruption,
      ...(hours !== undefined && { formerKeyHours: Number(hours) }),
    };
    await printWithSecret(await partner.webhooks.byId(endpointId).rotateSecret(options), invocation, io);
    return exitCode.finished;
  },
});

export const removeWebhookCommand = defineCommand({
  usage: 'ENDPOINT_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster webhooks remove ${id} --yes`,
  json: { 'en-US': '{"endpointId","status":"deleted"}', 'zh-TW': '{"endpointId","status":"deleted"}' },
  options: yesOption,
  async run(invocation, io) {
    const { values, say } = invocation;
    const [endpointId = ''] = invocation.arguments;
    const { partner } = await connect(invocation, io);
    await confirm({ values, say, question: say('confirmRemoveWebhook', { id: endpointId }) }, io);
    await partner.webhooks.byId(endpointId).delete({ signal: io.interruption });
    const line = values.json
      ? JSON.stringify({ endpointId, status: 'deleted' })
      : say('webhookRemoved', { id: endpointId });
    await io.stdout.write(`${line}\n`);
    return exitCode.finished;
  },
});

interface Settings {
  readonly description?: string | undefined;
  readonly event?: readonly ((typeof eventTypes)[number] | 'all')[] | undefined;
  readonly 'for-customer'?: readonly string[] | undefined;
}

/** What was given of an endpoint's settings. `all` stands for the empty list that the API takes for everything. */
function toSettings({ description, event, 'for-customer': customers }: Settings) {
  return {
    ...(description !== undefined && { description }),
    ...(event && { eventTypes: event.includes('all') ? [] : event.filter((type) => type !== 'all') }),
    ...(customers && { customerIds: customers.includes('all') ? [] : customers }),
  };
}

/** Standard output has the id and the secret (or the public key), for scripts. */
async function printWithSecret(
  made: WebhookEndpointWithSecret,
  { values, say }: SharedInvocation,
  io: Io,
): Promise<void> {
  if (values.json) {
    await io.stdout.write(`${JSON.stringify(made)}\n`);
    return;
  }
  const { endpointId, secret, publicKey = '' } = made;
  await io.stdout.write(`${endpointId}\n${secret ?? publicKey}\n`);
  if (secret !== undefined && !values.quiet) await io.stderr.write(`${say('secretShownOnce')}\n`);
}

async function printEndpoints(
  endpoints: readonly WebhookEndpoint[],
  invocation: SharedInvocation,
  io: Io,
): Promise<void> {
  await printList({ rows: toRows(endpoints), columns: endpointColumns(invocation) }, invocation, io);
}

async function* toRows<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

function endpointColumns({ say }: Language): Column<WebhookEndpoint>[] {
  return [
    { title: say('columnId'), text: ({ endpointId }) => endpointId },
    { title: say('columnUrl'), text: ({ url }) => url, widthMin: 20 },
    {
      title: say('columnState'),
      text: ({ disabledReason, failingSince }) =>
        disabledReason ?? (failingSince === undefined ? say('webhookEnabled') : say('webhookFailing')),
      style: ({ isEnabled, failingSince }) => (isEnabled && failingSince === undefined ? undefined : 'red'),
    },
    {
      title: say('columnEvents'),
      text: (endpoint) => (endpoint.eventTypes.length === 0 ? say('all') : endpoint.eventTypes.join(', ')),
      isWrapped: true,
    },
    {
      title: say('columnCustomer'),
      text: ({ customerIds }) => (customerIds.length === 0 ? say('all') : customerIds.join(', ')),
      isWrapped: true,
    },
  ];
}
