/**
 * A path with its values percent-encoded: path`/customers/${id}`. Throws a `TypeError` for a value that cannot stand
 * in a path: an empty one would name another resource, and `.` and `..` are taken out by every URL parser.
 */
export function path(texts: TemplateStringsArray, ...values: readonly string[]): string {
  return texts.reduce((left, right, index) => `${left}${encodeSegment(values[index - 1])}${right}`);
}

function encodeSegment(value: string | undefined): string {
  if (value === undefined || value === '' || value === '.' || value === '..')
    throw new TypeError(`"${value ?? ''}" cannot be used as an id.`);
  return encodeURIComponent(value);
}
