import type { Io, Output } from '../io.ts';

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** Colors a text, or returns it unchanged. */
export type Paint = (style: keyof typeof codes, text: string) => string;

/** Colours for an output: on a terminal unless NO_COLOR is set; never elsewhere unless CLICOLOR_FORCE is. */
export function createPaint(output: Output, io: Io): Paint {
  const { isColorForced, isColorRefused } = io.environment;
  const isColored = !isColorRefused && (output.isTTY || isColorForced);
  return (style, text) => {
    const [on, off] = codes[style];
    return isColored && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}
