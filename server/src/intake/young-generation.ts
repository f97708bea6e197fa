import { setFlagsFromString } from 'node:v8';

/** So long after the last large upload no other one is likely to follow it. */
const uploadsEndAfterMs = 10_000;

/**
 * Whether V8 may give new objects more room than they have. More room makes status reads up to a fifth faster; while the
 * program loads and in bulk uploads it fills with garbage, 60 to 100 MB of it (docs/decisions/0007-large-bodies.md). For
 * the whole process, threads included.
 */
export function letYoungGenerationGrow(mayGrow: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
}

let end: NodeJS.Timeout | undefined;

/** A large upload is here: the room stays as it is until 10 seconds after the last one. */
export function keepYoungGenerationDuringUploads(): void {
  letYoungGenerationGrow(false);
  clearTimeout(end);
  end = setTimeout(() => letYoungGenerationGrow(true), uploadsEndAfterMs).unref();
}
