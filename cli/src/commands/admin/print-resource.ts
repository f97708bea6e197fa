import type { SharedInvocation } from '../../command.ts';
import type { Io } from '../../io.ts';
import type { MessageKey } from '../../messages/message.ts';
import { printList } from '../../terminal/print-list.ts';
import { plainText } from '../../terminal/text-layout.ts';

type Row = Readonly<Record<string, unknown>>;

/** A column of a list: a member of its rows. */
export interface MemberColumn {
  readonly title: MessageKey;
  readonly member: string;
}

/** Prints a list, a row for each resource. */
export async function printRows(
  { rows, columns }: { rows: AsyncIterable<object>; columns: readonly MemberColumn[] },
  invocation: SharedInvocation,
  io: Io,
): Promise<void> {
  const shown = columns.map(({ title, member }) => ({
    title: invocation.say(title),
    text: (row: Row) => [row[member] ?? ''].flat().map(String).join(', '),
  }));
  await printList({ rows: rows as AsyncIterable<Row>, columns: shown }, invocation, io);
}

/** Members that are shown only once. */
const secrets = new Set(['secret', 'clientSecret', 'password']);

/** Prints one resource: with `--json` as it came, otherwise a line for each member. Points out a secret. */
export async function printResource(
  { answer, id }: { answer: unknown; id: string | undefined },
  { values, say }: SharedInvocation,
  io: Io,
): Promise<void> {
  if (typeof answer !== 'object' || answer === null) {
    await io.stdout.write(
      values.json ? `${JSON.stringify({ id, status: 'done' })}\n` : `${say('adminDone')}\n`,
    );
    return;
  }
  const members = flatten(answer);
  if (values.json) {
    await io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else {
    const width = Math.max(...members.map(([name]) => name.length));
    const gap = (name: string) => (io.stdout.isTTY ? ' '.repeat(width - name.length + 2) : '\t');
    const lines = members.map(([name, value]) => `${name}${gap(name)}${plainText(value)}\n`);
    await io.stdout.write(lines.join(''));
  }
  if (!values.quiet && members.some(([name]) => secrets.has(name)))
    await io.stderr.write(`${say('secretShownOnce')}\n`);
}

/** The members of a resource, including those of an object in it. */
function flatten(answer: object): [name: string, value: string][] {
  return Object.entries(answer).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (Array.isArray(value)) return [[name, value.map(String).join(', ')]];
    if (typeof value === 'object' && value !== null) return flatten(value);
    return [[name, String(value)]];
  });
}
