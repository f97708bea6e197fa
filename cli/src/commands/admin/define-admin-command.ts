import { usageError } from '../../cli-error.ts';
import { defineCommand, type Command, type Invocation } from '../../command.ts';
import { adminConnectionOptions, connectAdmin, type AdminSend } from '../../connection/admin-connection.ts';
import { exitCode } from '../../exit-code.ts';
import { generalOptions } from '../../general-options.ts';
import type { Io } from '../../io.ts';
import { confirm, yesOption } from '../../terminal/confirm.ts';
import { printList } from '../../terminal/print-list.ts';
import type { AdminAction, AdminNoun } from './admin-action.ts';
import { buildRequest, type GivenValues } from './build-request.ts';
import { printResource } from './print-resource.ts';

/** What is done without an action: nothing that changes anything. */
const defaultAction = 'list';

/** A command, with the noun it was made of: tests hold its actions against the contract. */
export type AdminCommand = Command & { readonly noun: AdminNoun };

/** Makes the command of a noun: `muster admin NOUN ACTION [ID]`. */
export function defineAdminCommand(words: string, noun: AdminNoun): AdminCommand {
  const actions = Object.keys(noun.actions);
  const command = defineCommand({
    usage: `[${actions.join('|')}] [ID]`,
    argumentCount: [0, 2],
    isConnected: false,
    example: noun.example,
    json: {
      'en-US': 'What the administration API answers; a list as one object a line.',
      'zh-TW': '管理 API 的回應；清單則每行一個物件。',
    },
    options: { ...noun.options, ...yesOption, ...adminConnectionOptions },
    async run(invocation, io) {
      const [name = defaultAction, argument] = invocation.arguments;
      const action = Object.hasOwn(noun.actions, name) ? noun.actions[name] : undefined;
      if (!action)
        throw usageError('badChoice', { option: 'ACTION', value: name, choices: actions.join(', ') });
      // The option types of a noun are its own; here they are only names and values.
      const given = invocation.values as GivenValues;
      checkOptions(action, given);
      const request = buildRequest(action, { argument, values: given });
      if (action.isFinal) {
        const command = `admin ${words} ${[name, argument].filter(Boolean).join(' ')}`;
        const question = invocation.say('confirmAdmin', { command });
        await confirm({ values: invocation.values, say: invocation.say, question }, io);
      }
      const send = await connectAdmin(invocation, io);
      if (name === 'list') await printRows(noun, { invocation, path: request.path, send }, io);
      else await printResource({ answer: await send(request), id: argument }, invocation, io);
      return exitCode.finished;
    },
  });
  return { ...command, noun };
}

/** Options that belong to every action. */
const sharedOptions = new Set(Object.keys({ ...generalOptions, ...adminConnectionOptions, ...yesOption }));

function checkOptions(action: AdminAction, values: GivenValues): void {
  const missing = action.needs?.find((option) => values[option] === undefined);
  if (missing !== undefined) throw usageError('missingOption', { option: `--${missing}` });
  const taken = new Set([
    ...Object.keys(action.body ?? {}),
    ...(action.needs ?? []),
    ...(action.filters ?? []),
  ]);
  const extra = Object.keys(values).find((option) => !taken.has(option) && !sharedOptions.has(option));
  if (extra !== undefined) throw usageError('unknownOption', { option: `--${extra}` });
}

type Row = Readonly<Record<string, unknown>>;

async function printRows(
  { columns }: AdminNoun,
  { invocation, path, send }: { invocation: Invocation; path: string; send: AdminSend },
  io: Io,
): Promise<void> {
  const shown = columns.map(({ title, member }) => ({
    title: invocation.say(title),
    text: (row: Row) => [row[member] ?? ''].flat().map(String).join(', '),
  }));
  await printList({ rows: readPages(path, send), columns: shown }, invocation, io);
}

/** All parts of a list, one after the other. */
async function* readPages(path: string, send: AdminSend): AsyncGenerator<Row> {
  const join = path.includes('?') ? '&' : '?';
  let next: string | undefined;
  do {
    const after: string = next === undefined ? '' : `${join}after=${encodeURIComponent(next)}`;
    const page = (await send({ method: 'GET', path: `${path}${after}` })) as {
      items?: readonly Row[];
      next?: string;
    };
    yield* page.items ?? [];
    next = page.next;
  } while (next !== undefined);
}
