import type { WebhookDelivery } from '@muster/sdk';
import { defineCommand, type Language, type SharedInvocation } from '../../command.ts';
import { connect } from '../../connection/connect.ts';
import { exitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { listOptions, takeFirst } from '../../shared-options.ts';
import { printList } from '../../terminal/print-list.ts';
import type { Column } from '../../terminal/render-table.ts';

const id = '019abc4e-2f5a-7c31-9f6d-8a1f3b6c2d10';
const json = { 'en-US': '{"eventId"}', 'zh-TW': '{"eventId"}' };

export const pingWebhookCommand = defineCommand({
  usage: 'ENDPOINT_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster webhooks ping ${id}`,
  json,
  options: {},
  async run(invocation, io) {
    const [endpointId = ''] = invocation.arguments;
    const { partner } = await connect(invocation, io);
    await printSent(
      await partner.webhooks.byId(endpointId).ping({ signal: io.interruption }),
      invocation,
      io,
    );
    return exitCode.finished;
  },
});

export const resendWebhookCommand = defineCommand({
  usage: 'ENDPOINT_ID EVENT_ID',
  argumentCount: [2, 2],
  isConnected: true,
  example: `muster webhooks resend ${id} 5d0f7a51-1c0e-4b9a-9d53-0c6f1f6f3a8e`,
  json,
  options: {},
  async run(invocation, io) {
    const [endpointId = '', eventId = ''] = invocation.arguments;
    const { partner } = await connect(invocation, io);
    const endpoint = partner.webhooks.byId(endpointId);
    await printSent(await endpoint.resend(eventId, { signal: io.interruption }), invocation, io);
    return exitCode.finished;
  },
});

export const listWebhookDeliveriesCommand = defineCommand({
  usage: 'ENDPOINT_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster webhooks deliveries ${id} --state failed`,
  json: {
    'en-US': "One WebhookDelivery resource of Muster's own API per line.",
    'zh-TW': '每行一個 Muster 自有 API 的 WebhookDelivery。',
  },
  options: {
    limit: listOptions.limit,
    state: {
      type: 'string',
      value: 'STATE',
      choices: ['pending', 'delivered', 'failed'],
      description: { 'en-US': 'Only deliveries in this state', 'zh-TW': '僅限此狀態的傳遞' },
    },
  },
  async run(invocation, io) {
    const { values } = invocation;
    const [endpointId = ''] = invocation.arguments;
    const { partner } = await connect(invocation, io);
    const rows = partner.webhooks
      .byId(endpointId)
      .deliveries({ state: values.state, signal: io.interruption });
    await printList({ rows: takeFirst(rows, values), columns: deliveryColumns(invocation) }, invocation, io);
    return exitCode.finished;
  },
});

async function printSent(
  { eventId }: { readonly eventId: string },
  { values, say }: SharedInvocation,
  io: Io,
): Promise<void> {
  await io.stdout.write(`${values.json ? JSON.stringify({ eventId }) : eventId}\n`);
  if (!values.json && !values.quiet) await io.stderr.write(`${say('webhookQueued')}\n`);
}

function deliveryColumns({ say }: Language): Column<WebhookDelivery>[] {
  return [
    { title: say('columnEventId'), text: ({ eventId }) => eventId },
    { title: say('columnEvents'), text: ({ eventType }) => eventType },
    {
      title: say('columnState'),
      text: ({ state }) => state,
      style: ({ state }) => (state === 'failed' ? 'red' : undefined),
    },
    { title: say('columnAttempts'), text: ({ attempts }) => String(attempts) },
    {
      title: say('columnResponse'),
      text: ({ responseStatus, problem }) => problem ?? String(responseStatus ?? ''),
    },
    { title: say('columnNextAttempt'), text: ({ nextAttemptAt = '' }) => nextAttemptAt },
  ];
}
