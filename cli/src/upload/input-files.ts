import type { DeviceFile } from '@muster/device-files/read-devices';
import type { Io } from '../io.ts';
import { openFile } from '../open-file.ts';

/** The files to read; `-` is standard input, or the copy that was kept of it so that it can be read again. */
export function toDeviceFiles(
  names: readonly string[],
  io: Io,
  standardInputCopy?: string,
): readonly DeviceFile[] {
  return names.map((name) => ({
    name,
    open: () => {
      if (name !== '-') return openFile(name, io.workingDirectory);
      return standardInputCopy === undefined
        ? io.stdin.bytes
        : openFile(standardInputCopy, io.workingDirectory);
    },
  }));
}
