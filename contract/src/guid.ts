const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The lowercase form of a GUID that is written with hyphens; undefined for anything else. */
export function parseGuid(text: string | undefined): string | undefined {
  return text !== undefined && guidPattern.test(text) ? text.toLowerCase() : undefined;
}

/** Formats 32 hex digits as a GUID. `join` is faster here than repeated concatenation. */
export function formatGuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
