type Stream = 'stdout' | 'stderr' | 'terminal';

/** One command of a script and what is expected of it. */
export interface Step {
  readonly line: string;
  /** Runs on a terminal: `$ tty muster ...`. */
  readonly isTerminal: boolean;
  readonly words: readonly string[];
  readonly exitCode: number;
  readonly expected: readonly { stream: Stream; pattern: string }[];
  /** `keep NAME stream /(pattern)/`: what later lines call `$NAME`. */
  readonly kept: readonly { name: string; stream: Stream; pattern: string }[];
}

/**
 * Reads a script: `$ [tty] muster WORDS`, then `exit CODE`, `stdout|stderr|terminal /pattern/` and
 * `keep NAME stream /(pattern)/`. Lines that start with `#` are remarks.
 */
export function parseScript(text: string): Step[] {
  const blocks = text.split(/^(?=\$ )/m).filter((block) => block.startsWith('$ '));
  return blocks.map((block) => {
    const [line = '', ...rest] = block.split('\n').filter((part) => part !== '' && !part.startsWith('#'));
    const words = (line.slice(2).match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
    const isTerminal = words[0] === 'tty';
    return {
      line,
      isTerminal,
      words: words.slice(isTerminal ? 2 : 1),
      exitCode: Number(rest.find((part) => part.startsWith('exit '))?.slice(5)),
      expected: rest.flatMap((part) => {
        const [, stream, pattern] = /^(stdout|stderr|terminal) (\/.*)$/.exec(part) ?? [];
        return stream && pattern ? [{ stream: stream as Stream, pattern }] : [];
      }),
      kept: rest.flatMap((part) => {
        const [, name, stream, pattern] = /^keep ([A-Z]+) (stdout|stderr|terminal) (\/.*)$/.exec(part) ?? [];
        return name && stream && pattern ? [{ name, stream: stream as Stream, pattern }] : [];
      }),
    };
  });
}
