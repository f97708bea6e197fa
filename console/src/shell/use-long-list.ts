import type { Page, Pages } from '@muster/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';

/** A list that is read as far as it is looked at. */
export interface LongList<T> {
  readonly rows: readonly T[];
  readonly isLoading: boolean;
  /** Whether all of it has been read. */
  readonly isWhole: boolean;
  readonly error: unknown;
  /** Reads the next page. */
  readonly more: () => void;
}

type Reader<T> = AsyncGenerator<Page<T>, void, undefined>;

/** Reads a list page by page. `list` names the list: another function is another list, so keep it with `useCallback`. */
export function useLongList<T>(list: () => Pages<T>): LongList<T> {
  const [state, setState] = useState<Omit<LongList<T>, 'more'>>(empty);
  const reader = useRef<Reader<T>>(undefined);
  const read = useCallback(async (own: Reader<T>) => {
    setState((before) => ({ ...before, isLoading: true, error: undefined }));
    try {
      const next = await own.next();
      if (reader.current !== own) return;
      setState(({ rows }) => ({
        rows: next.done ? rows : [...rows, ...next.value.items],
        isLoading: false,
        isWhole: next.done === true,
        error: undefined,
      }));
    } catch (error) {
      if (reader.current === own) setState((before) => ({ ...before, isLoading: false, error }));
    }
  }, []);
  useEffect(() => {
    const own = list().byPage();
    reader.current = own;
    setState(empty);
    void read(own);
    return () => {
      reader.current = undefined;
    };
  }, [list, read]);
  const more = useCallback(() => {
    if (reader.current) void read(reader.current);
  }, [read]);
  return { ...state, more };
}

const empty = { rows: [], isLoading: true, isWhole: false, error: undefined };
