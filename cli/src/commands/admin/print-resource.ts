import type { SharedInvocation } from '../../command.ts';
import type { Io } from '../../io.ts';
import { plainText } from '../../terminal/text-width.ts';

/** Members that an answer shows once. */
const secrets = new Set(['secret', 'clientSecret', 'password']);

/** Prints one answer: with `--json` as it is, otherwise a line for each member. Says so when it holds a secret. */
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

/** The members of an answer, those of an inner object among them. */
function flatten(answer: object): [name: string, value: string][] {
  return Object.entries(answer).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (Array.isArray(value)) return [[name, value.map(String).join(', ')]];
    if (typeof value === 'object' && value !== null) return flatten(value);
    return [[name, String(value)]];
  });
}
