import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import { findMissing } from '@muster/device-files/check-row';
import type { DeviceRow } from '@muster/device-files/device-row';
import type { Word } from '@muster/device-files/file-error';
import { nameMakeModel } from '@muster/contract/name-make-model';

/** What is kept of a row until its outcome is known. */
export interface PendingRow {
  readonly file: string;
  readonly line: number;
  readonly serialNumber: string | undefined;
  readonly productKey: string | undefined;
  readonly makeModel: string | undefined;
  /** What it lacks to identify its device by serial number, manufacturer and model. */
  readonly missing: readonly Word[] | undefined;
}

/** The rows that are sent and have no outcome yet, in order. */
export class PendingRows {
  #rows: PendingRow[] = [];
  #first = 0;
  readonly #isDecoding: boolean;

  /** `isDecoding`: what a row does not say is taken from its hardware hash. Costs time: for small uploads. */
  constructor(isDecoding: boolean) {
    this.#isDecoding = isDecoding;
  }

  add(row: DeviceRow): void {
    this.#rows.push(toPending(row, this.#isDecoding));
  }

  /** The row that waits longest. */
  take(): PendingRow | undefined {
    const row = this.#rows[this.#first];
    this.#first += 1;
    if (this.#first === 4_096) {
      this.#rows = this.#rows.slice(this.#first);
      this.#first = 0;
    }
    return row;
  }
}

function toPending({ file, line, device }: DeviceRow, isDecoding: boolean): PendingRow {
  const { serialNumber, productKey, hardwareHash, oemManufacturerName, modelName } = device;
  const isIncomplete =
    serialNumber === undefined || oemManufacturerName === undefined || modelName === undefined;
  const decoded =
    isDecoding && isIncomplete && hardwareHash !== undefined ? decodeHardwareHash(hardwareHash) : undefined;
  const facts = decoded?.usable ? decoded.facts : undefined;
  return {
    file,
    line,
    serialNumber: detach(serialNumber ?? facts?.serialNumber),
    productKey: detach(productKey),
    missing: hardwareHash === undefined ? findMissing(device, []) : undefined,
    makeModel: detach(
      nameMakeModel({
        oemManufacturerName: oemManufacturerName ?? facts?.manufacturer,
        modelName: modelName ?? facts?.model,
      }) || undefined,
    ),
  };
}

/** A text of its own: a part of a larger text would keep that, hashes and all, in memory. */
function detach(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).toString();
}
