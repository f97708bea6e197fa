/** How a version of a thing goes out. Clients quote it in If-Match, or do not; both are read. */
export function toEntityTag(version: number): string {
  return String(version);
}

/**
 * The versions an If-Match header allows: tags with or without quotes, weak or not, several after commas. Undefined
 * where any will do: no header, or `*`. A text that is no tag of ours is no version, so it counts as stale.
 */
export function versionsToMatch(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '' || ifMatch.trim() === '*') return undefined;
  return ifMatch
    .split(',')
    .map((tag) => /^(?:W\/)?"?(\d{1,9})"?$/i.exec(tag.trim())?.[1])
    .filter((version) => version !== undefined)
    .map(Number);
}
