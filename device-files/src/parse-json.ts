/** Where an object of a JSON text starts, and a member that it has twice: `JSON.parse` keeps the last one alone. */
export interface JsonPlace {
  readonly line: number;
  readonly repeated: string | undefined;
}

export type JsonObjects = ReadonlyMap<object, JsonPlace>;

interface Parsed {
  readonly value: unknown;
  readonly objects: JsonObjects;
}

/** Parses a JSON text that starts on a line of a file; undefined when it is not valid. */
export function parseJson(text: string, line: number): Parsed | undefined {
  const objects = new Map<object, JsonPlace>();
  try {
    let places: Iterator<JsonPlace> | undefined;
    // Objects and arrays are revived in the order in which they end.
    const value: unknown = JSON.parse(text, (_, member: unknown) => {
      if (typeof member === 'object' && member !== null) {
        places ??= findPlaces(text, line);
        const place = places.next();
        if (!place.done) objects.set(member, place.value);
      }
      return member;
    });
    return { value, objects };
  } catch {
    return undefined;
  }
}

const token = /"(?:[^"\\]+|\\.)*"(\s*:)?|[{}[\]\n]/g;

/** The places of the objects and arrays of a valid JSON text, in the order in which they end. */
function* findPlaces(text: string, firstLine: number): Generator<JsonPlace, undefined> {
  let line = firstLine;
  const open: { line: number; names: Set<string>; repeated: string | undefined }[] = [];
  for (const [found, colon] of text.matchAll(token)) {
    const top = open.at(-1);
    if (found === '\n') line += 1;
    else if (found === '{' || found === '[') open.push({ line, names: new Set(), repeated: undefined });
    else if (found === '}' || found === ']') {
      open.pop();
      if (top) yield { line: top.line, repeated: top.repeated };
    } else if (colon !== undefined && top) {
      const name = found.slice(1, found.lastIndexOf('"'));
      if (top.names.has(name)) top.repeated = name;
      top.names.add(name);
      line += colon.split('\n').length - 1;
    }
  }
}
