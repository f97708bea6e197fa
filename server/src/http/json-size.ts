import { phraseOf } from '../texts/phrase-of.ts';
import { RequestError } from './request-error.ts';

/** No client nests deeper than a policy in a device in a list: 5. */
const levelsMax = 64;

/** Far more than a device has, whoever writes it: the .NET SDK's has a dozen members. */
const valuesPerDevice = 200;

/** The maximum number of values in the body of a call with this many devices. */
export function jsonValuesMax(devicesPerCall: number): number {
  return 1000 + devicesPerCall * valuesPerDevice;
}

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Scans JSON text before it is parsed, and reports the positions of its long strings, without their quotation marks. Throws
 * RequestError if it has more values, or more levels, than any client sends. The parser would build all values: 16 MB of
 * `{},` become half a gigabyte and end the process, which a limit on a thread's memory does not prevent
 * (docs/decisions/0007-large-bodies.md).
 */
export function checkJsonSize(
  text: Buffer,
  valuesMax: number,
  tellLongString?: (first: number, end: number) => void,
): void {
  let values = 1;
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === quote) {
      const first = at + 1;
      at = endOfString(text, first);
      if (at - first >= longBytes) tellLongString?.(first, at);
    } else if (byte === comma) values += 1;
    else if (byte === openList || byte === openObject) {
      values += 1;
      level += 1;
      if (level > levelsMax) throw malformed('tooDeep', levelsMax);
    } else if (byte === closeList || byte === closeObject) level -= 1;
    if (values > valuesMax) throw malformed('tooManyValues', valuesMax);
  }
}

/** Longer strings are hardware hashes: where these end is found faster by the machine's own search. */
const shortBytes = 64;

/** What counts as long: a usable hash has 1,334 characters or more. */
const longBytes = 1024;

/** Where the quote stands that ends the string; the text's end when none does. */
function endOfString(text: Buffer, first: number): number {
  let at = first;
  const soon = Math.min(first + shortBytes, text.length);
  while (at < soon) {
    const byte = text[at];
    if (byte === quote) return at;
    at += byte === backslash ? 2 : 1;
  }
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end === -1) return text.length;
    // An odd count of backslashes before it: the quote belongs to the string.
    let escapes = end;
    while (escapes > at && text[escapes - 1] === backslash) escapes -= 1;
    if ((end - escapes) % 2 === 0) return end;
    at = end + 1;
  }
}

function malformed(name: 'tooDeep' | 'tooManyValues', limit: number): RequestError {
  return new RequestError({ kind: 'malformed-body', problem: phraseOf(name, { limit }) });
}
