const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The lower-case form of a GUID written with hyphens, in any case; undefined for anything else. */
export function parseGuid(text: string | undefined): string | undefined {
  return text !== undefined && guidPattern.test(text) ? text.toLowerCase() : undefined;
}

/** A GUID in its usual spelling, from its first 32 hex digits. Joined at once: many small additions are slower to use. */
export function formatGuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
