import type { Measure } from '../bench.ts';
import { measureStatusReads } from './p1-status-reads.ts';
import { measureUploads } from './p2-uploads.ts';
import { measureBulk } from './p3-bulk.ts';
import { measureOneDevice } from './p4-one-device.ts';
import { measureSize } from './p5-size.ts';
import { measureMemory } from './p6-memory.ts';
import { measureStart } from './p7-start.ts';
import { measureWorkers } from './p8-workers.ts';
import { measureDeviceList } from './p9-device-list.ts';

/** Every measure, by the name `npm run bench -- NAME` takes. */
export const measures = {
  P1: measureStatusReads,
  P2: measureUploads,
  P3: measureBulk,
  P4: measureOneDevice,
  P5: measureSize,
  P6: measureMemory,
  P7: measureStart,
  P8: measureWorkers,
  P9: measureDeviceList,
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;
