/** One JSON value of a text, and the line it starts on. */
export interface JsonText {
  readonly line: number;
  readonly text: string;
}

interface Options {
  /** Characters of one value. */
  readonly limit: number;
  /** Makes the error for a value over the limit, or one that the text ends within. */
  readonly toError: (fault: 'tooLong' | 'unfinished', line: number) => Error;
}

const structural = /["{}[\]]/g;

/**
 * The values of a JSON text as their own texts: the elements of its arrays, and the values outside of them, one after
 * another (NDJSON, or objects over several lines). Only quotes and brackets are looked at; `JSON.parse` judges
 * the rest, so that a file of any size is read value by value.
 */
export async function* splitJson(chunks: AsyncIterable<string>, options: Options): AsyncGenerator<JsonText> {
  const splitter = new JsonSplitter(options);
  for await (const chunk of chunks) yield* splitter.add(chunk);
  yield* splitter.end();
}

class JsonSplitter {
  readonly #options: Options;
  #text = '';
  /** How far `#text` has been looked at. */
  #at = 0;
  #line = 1;
  #depth = 0;
  #isInString = false;
  /** The depth of the values: 1 inside the array that is the whole file, otherwise 0. */
  #base = 0;
  #hasStarted = false;

  constructor(options: Options) {
    this.#options = options;
  }

  *add(chunk: string): Generator<JsonText> {
    this.#text += chunk;
    for (;;) {
      const end = this.#findValueEnd();
      if (end === undefined) break;
      yield* this.#take(end);
    }
    if (this.#text.length > this.#options.limit) throw this.#options.toError('tooLong', this.#line);
  }

  *end(): Generator<JsonText> {
    if (this.#depth > 0 || this.#isInString) {
      const lead = /^[\s,]*/.exec(this.#text)?.[0] ?? '';
      throw this.#options.toError('unfinished', this.#line + countNewlines(lead));
    }
    yield* this.#take(this.#text.length);
  }

  /** The place after the next value that is an object, an array or the end of one; undefined when more text is needed. */
  #findValueEnd(): number | undefined {
    for (;;) {
      if (this.#isInString && !this.#skipString()) return undefined;
      structural.lastIndex = this.#at;
      const found = structural.exec(this.#text);
      if (!found) {
        this.#at = this.#text.length;
        return undefined;
      }
      this.#at = found.index + 1;
      if (found[0] === '"') this.#isInString = true;
      else if (found[0] === '{' || found[0] === '[') this.#open(found[0]);
      else if (this.#close()) return this.#at;
    }
  }

  #open(bracket: string): void {
    if (bracket === '[' && !this.#hasStarted) {
      this.#base = 1;
      this.#line += countNewlines(this.#text.slice(0, this.#at));
      this.#text = this.#text.slice(this.#at);
      this.#at = 0;
    }
    this.#hasStarted = true;
    this.#depth += 1;
  }

  #close(): boolean {
    this.#depth -= 1;
    return this.#depth <= this.#base;
  }

  /** Moves behind the end of the string; false when it is not there yet. */
  #skipString(): boolean {
    for (;;) {
      const quote = this.#text.indexOf('"', this.#at);
      if (quote < 0) {
        // A backslash at the very end belongs to the next chunk's first character.
        this.#at = this.#text.length - countBackslashes(this.#text, this.#text.length);
        return false;
      }
      const isEscaped = countBackslashes(this.#text.slice(this.#at, quote), quote - this.#at) % 2 === 1;
      this.#at = quote + 1;
      if (isEscaped) continue;
      this.#isInString = false;
      return true;
    }
  }

  *#take(end: number): Generator<JsonText> {
    const raw = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    this.#at = 0;
    const lead = /^[\s,]*/.exec(raw)?.[0] ?? '';
    const line = this.#line + countNewlines(lead);
    this.#line += countNewlines(raw);
    const isArrayEnd = this.#base === 1 && this.#depth <= 0;
    const text = raw.slice(lead.length).replace(isArrayEnd ? /\s*\]\s*$/ : /\s+$/, '');
    if (isArrayEnd) {
      this.#base = 0;
      this.#hasStarted = false;
    }
    if (text !== '') yield { line, text };
  }
}

function countBackslashes(text: string, before: number): number {
  let count = 0;
  while (text[before - 1 - count] === '\\') count += 1;
  return count;
}

function countNewlines(text: string): number {
  return text.split('\n').length - 1;
}
