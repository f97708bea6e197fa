import { usageError } from './cli-error.ts';

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of `30s`, `10m`, `2h` or a plain number of seconds. Throws a usage error that names the option. */
export function parseDuration(option: string, value: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(value.trim()) ?? [];
  if (amount === undefined) throw usageError('badDuration', { option, value });
  return Number(amount) * unitsMs[(unit || 's') as keyof typeof unitsMs];
}

/** A time as people read it: `45s`, `3m 20s`, `1h 05m`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${pad(seconds % 60)}s`;
  return `${Math.floor(seconds / 3_600)}h ${pad(Math.floor((seconds % 3_600) / 60))}m`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
