import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasTerminal } from '../acceptance/run-program.ts';

const source = join(import.meta.dirname, '../../src/terminal');
const skip = hasTerminal ? false : 'no program here that gives another one a terminal';

/** Asks on a real terminal, types the keys when the question is seen, and gives what the terminal was told. */
async function answer(
  isHidden: boolean,
  type: (child: { pid: number; keys: (text: string) => void }) => void,
) {
  const script = `
    import { ask } from '${source}/ask.ts';
    import { listenForInterruption } from '${source}/interruption.ts';
    process.stdout.write('pid ' + process.pid + '\\n');
    try {
      const text = await ask({ text: 'Name: ', isHidden: ${isHidden} }, listenForInterruption());
      process.stdout.write('answer ' + JSON.stringify(text) + '\\n');
    } catch (fault) {
      process.stdout.write('thrown ' + fault.name + '\\n');
    }
  `;
  const program = `'${process.execPath}' --input-type=module --eval '${script.replaceAll("'", `'\\''`)}'`;
  const child = spawn('script', ['-qefc', program, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let told = '';
  let hasTyped = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (hasTyped || !told.includes('Name: ')) return;
    hasTyped = true;
    const pid = Number(/pid (\d+)/.exec(told)?.[1]);
    type({ pid, keys: (keys) => void child.stdin.write(keys) });
  });
  await once(child, 'close');
  return told;
}

test('the question stands there while it is answered', { skip }, async () => {
  const told = await answer(false, ({ keys }) => keys('Ada\r'));
  assert.match(told, /Ada[\r\n]*\nanswer "Ada"/);
  assert.equal(told.slice(told.lastIndexOf('Name: ')).split('\n').length, 3, 'no empty line after it');
  // Whatever was cleared from the line, the question was written after it.
  assert.ok(told.lastIndexOf('Name: ') > told.lastIndexOf('\u001b[0J'));
});

test('a hidden answer is never shown, and its question is', { skip }, async () => {
  const told = await answer(true, ({ keys }) => keys('hunter2\r'));
  assert.match(told, /answer "hunter2"/);
  assert.equal(told.split('hunter2').length - 1, 1);
  assert.ok(told.lastIndexOf('Name: ') > told.lastIndexOf('\u001b[0J'));
});

test(
  'Ctrl-C and a signal end the question with the interruption, Ctrl-D with nothing',
  { skip },
  async () => {
    for (const isHidden of [false, true]) {
      assert.match(await answer(isHidden, ({ keys }) => keys('\u0003')), /thrown AbortError/);
      assert.match(await answer(isHidden, ({ pid }) => process.kill(pid, 'SIGTERM')), /thrown AbortError/);
      assert.match(await answer(isHidden, ({ keys }) => keys('\u0004')), /answer ""/);
    }
  },
);
