import type { DeviceMember } from '@muster/device-files/device-row';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useReducer, useRef, type ReactNode } from 'react';
import { sessionCredential } from '../session/session.ts';
import { useTexts } from '../texts/texts.tsx';
import type { FromWorker, ReadingOptions, ToWorker } from '../worker/messages.ts';
import { emptyUpload, reduceUpload, type UploadAction, type UploadState } from './upload-state.ts';

/** The upload of this tab, and what can be done with it. */
interface Upload {
  readonly state: UploadState;
  change(change: Partial<UploadState>): void;
  /** Reads files, in place of those before. */
  read(files: readonly File[], options?: Partial<Pick<UploadState, 'columns' | 'isHashTrusted'>>): void;
  register(): void;
  stop(): void;
  /** The failed rows that can be corrected, as a CSV file. */
  report(): Promise<{ csv: string; rows: number }>;
  /** Begins another upload for the same customer. */
  startAnew(): void;
}

const UploadContext = createContext<Upload | undefined>(undefined);

export function useUpload(): Upload {
  const upload = use(UploadContext);
  if (!upload) throw new Error('No UploadProvider.');
  return upload;
}

/** Keeps the worker that reads and registers, so that an upload goes on whatever page is shown. */
export function UploadProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [state, dispatch] = useReducer(reduceUpload, { ...emptyUpload, columns: readColumns() });
  const worker = useRef<UploadWorker>(undefined);
  const { locale } = useTexts();
  const queries = useQueryClient();
  useEffect(() => {
    const own = new UploadWorker(dispatch);
    worker.current = own;
    return () => own.close();
  }, []);
  const isRunning = state.stage === 'registering';
  useEffect(() => {
    if (!isRunning) return void queries.invalidateQueries();
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isRunning, queries]);
  const upload = useMemo<Upload>(() => {
    const send = (message: ToWorker) => worker.current?.send(message);
    return {
      state,
      change: (change) => dispatch({ kind: 'change', change }),
      read: (files, options = {}) => {
        const { columns, isHashTrusted } = { ...state, ...options };
        keepColumns(columns);
        dispatch({ kind: 'change', change: { ...options, files, allowed: new Set() } });
        dispatch({ kind: 'reading' });
        const reading: ReadingOptions = { columns: [...columns], isHashTrusted };
        send({ kind: 'read', files, options: reading });
      },
      register: () => {
        const { customerId, batchId, policyId } = state;
        dispatch({ kind: 'registering' });
        const policy = policyId === '' ? undefined : policyId;
        const registration = {
          baseUrl: location.origin,
          customerId,
          batchId: batchId.trim(),
          policyId: policy,
          locale,
        };
        send({ kind: 'register', registration });
      },
      stop: () => send({ kind: 'stop' }),
      report: () => worker.current?.report(locale) ?? Promise.reject(new Error('No worker.')),
      startAnew: () => dispatch({ kind: 'anew' }),
    };
  }, [state, locale]);
  return <UploadContext value={upload}>{children}</UploadContext>;
}

/** The worker, which asks for tokens: the session is here. */
class UploadWorker {
  readonly #worker = new Worker(new URL('../worker/upload-worker.ts', import.meta.url), { type: 'module' });
  #report: ((report: { csv: string; rows: number }) => void) | undefined;

  constructor(dispatch: (action: UploadAction) => void) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'token-wanted') return void this.#giveToken();
      if (data.kind === 'report') return this.#report?.(data);
      dispatch(data);
    });
    this.#worker.addEventListener('error', ({ message }) => dispatch({ kind: 'broken', message }));
  }

  send(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
    this.#worker.postMessage(message);
  }

  report(locale: 'en-US' | 'zh-TW'): Promise<{ csv: string; rows: number }> {
    return new Promise((resolve) => {
      this.#report = resolve;
      this.send({ kind: 'report', locale });
    });
  }

  close(): void {
    this.#worker.terminate();
  }

  async #giveToken(): Promise<void> {
    const token = await sessionCredential.getToken([]).catch(() => null);
    this.send({ kind: 'token', token });
  }
}

const columnsKey = 'muster columns';

/** Names of columns and what they hold: nothing of any device. */
function readColumns(): ReadonlyMap<string, DeviceMember> {
  try {
    return new Map(JSON.parse(localStorage.getItem(columnsKey) ?? '[]') as [string, DeviceMember][]);
  } catch {
    return new Map();
  }
}

function keepColumns(columns: ReadonlyMap<string, DeviceMember>): void {
  localStorage.setItem(columnsKey, JSON.stringify([...columns].slice(-50)));
}
