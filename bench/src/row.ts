/** One figure of the benchmark: a measure has a row per case. The members are those of `--json`, no more. */
export interface Row {
  /** P1 to P9. */
  readonly measure: string;
  readonly case: string;
  readonly ours: number;
  /** The least that could do the same work, on the same machine in the same run. */
  readonly limit: number;
  /** Of `ours` and `limit`. */
  readonly unit: string;
  /** `ours / limit`. */
  readonly ratio: number;
  /** What to reach; see `Goal` for what it is compared with. */
  readonly reach: number;
  readonly holds: boolean;
}

/** What `reach` means: a ratio to reach or not to pass, or a value of `ours` itself not to pass. */
export type Goal = 'ratio at least' | 'ratio at most' | 'ours at most';

/** What was measured, before it is judged. */
export interface Figure {
  readonly measure: string;
  readonly case: string;
  /** One value a run; the median counts. */
  readonly ours: readonly number[];
  readonly limit: readonly number[];
  readonly unit: string;
  readonly goal: Goal;
  readonly reach: number;
}

/** Judges a figure by the medians of its runs. */
export function toRow(figure: Figure): Row {
  const { measure, case: name, unit, goal, reach } = figure;
  const ours = median(figure.ours);
  const limit = median(figure.limit);
  const ratio = ours / limit;
  const holds = {
    'ratio at least': ratio >= reach,
    'ratio at most': ratio <= reach,
    'ours at most': ours <= reach,
  }[goal];
  return {
    measure,
    case: name,
    ours: round(ours),
    limit: round(limit),
    unit,
    ratio: round(ratio),
    reach,
    holds,
  };
}

/** The middle value; between the two middle ones of an even count. Throws without values: nothing was measured. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which this share of the values lies, between two values in proportion. Throws without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return low + (high - low) * (at - Math.floor(at));
}

/** Four significant digits: more would be noise. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
