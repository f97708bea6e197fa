import type { DeviceMember } from '@muster/device-files/device-row';
import type { UploadProgress, UploadTotals } from '@muster/sdk';
import type {
  AcceptedJobPart,
  FailedRow,
  FromWorker,
  PreviewRow,
  Survey,
  UnreadableFile,
} from '../worker/messages.ts';

/** How far the upload of this tab is. It goes on while other pages are shown. */
export interface UploadState {
  readonly stage: 'choosing' | 'reading' | 'read' | 'registering' | 'registered';
  readonly customerId: string;
  readonly batchId: string;
  readonly policyId: string;
  readonly files: readonly File[];
  /** Picked by the reader for columns whose names no table knows; by folded name. */
  readonly columns: ReadonlyMap<string, DeviceMember>;
  readonly isHashTrusted: boolean;
  /** Findings that would stop the upload, and that the reader lets pass. */
  readonly allowed: ReadonlySet<string>;
  readonly rows: readonly PreviewRow[];
  readonly survey?: Survey | undefined;
  readonly unreadable?: UnreadableFile | undefined;
  readonly progress?: UploadProgress | undefined;
  readonly parts: readonly AcceptedJobPart[];
  readonly failed: readonly FailedRow[];
  readonly totals?: UploadTotals | undefined;
  /** What ended the upload early. */
  readonly problem?: string | undefined;
}

export type UploadAction =
  | { readonly kind: 'change'; readonly change: Partial<UploadState> }
  | { readonly kind: 'reading' }
  | { readonly kind: 'registering' }
  | { readonly kind: 'anew' }
  | FromWorker;

export const emptyUpload: UploadState = {
  stage: 'choosing',
  customerId: '',
  batchId: '',
  policyId: '',
  files: [],
  columns: new Map(),
  isHashTrusted: false,
  allowed: new Set(),
  rows: [],
  parts: [],
  failed: [],
};

/** What the reader did, and what the worker told. */
export function reduceUpload(state: UploadState, action: UploadAction): UploadState {
  switch (action.kind) {
    case 'change':
      return { ...state, ...action.change };
    case 'anew':
      return { ...emptyUpload, customerId: state.customerId, columns: state.columns };
    case 'reading':
      return { ...state, ...unread, stage: 'reading' };
    case 'rows':
      return { ...state, rows: [...state.rows, ...action.rows] };
    case 'surveyed':
      return { ...state, stage: 'read', survey: action.survey };
    case 'unreadable':
      return { ...state, ...unread, stage: 'choosing', unreadable: action.file };
    case 'registering':
      return { ...state, ...unregistered, stage: 'registering' };
    case 'progress':
      return { ...state, progress: action.progress, parts: action.parts };
    case 'failed':
      return { ...state, failed: [...state.failed, ...action.rows] };
    case 'registered':
      return { ...state, stage: 'registered', totals: action.totals, parts: action.parts };
    case 'broken':
      return { ...state, stage: state.survey ? 'read' : 'choosing', problem: action.message };
    default:
      return state;
  }
}

const unregistered = { progress: undefined, parts: [], failed: [], totals: undefined, problem: undefined };
const unread = { ...unregistered, rows: [], survey: undefined, unreadable: undefined };

/** How many rows stop the upload, by the name of the finding, that the reader has not let pass. */
export function openStops({ survey, allowed }: UploadState): (readonly [string, number])[] {
  return survey?.stops.filter(([name]) => !allowed.has(name)) ?? [];
}

/** Whether everything is there to register. */
export function isReady(state: UploadState): boolean {
  const { stage, survey, customerId, batchId } = state;
  if (stage !== 'read' || !survey || survey.devices === 0 || survey.refused > 0) return false;
  return customerId !== '' && batchId.trim() !== '' && openStops(state).length === 0;
}
