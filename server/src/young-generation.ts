import { setFlagsFromString } from 'node:v8';

/**
 * Whether V8 may give new objects more room than they have. More room makes status reads up to a tenth faster; while the
 * program loads and in bulk uploads it fills with garbage, 60 to 100 MB of it (docs/decisions/0007-large-bodies.md). For
 * the whole process, threads included.
 */
export function letYoungGenerationGrow(mayGrow: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
}
