const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The lower-case form of a GUID written with hyphens, in any case; undefined for anything else. */
export function parseGuid(text: string | undefined): string | undefined {
  return text !== undefined && guidPattern.test(text) ? text.toLowerCase() : undefined;
}
