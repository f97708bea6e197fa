// Writes a list of devices with hardware hashes to standard output, for measuring:
//   node cli/test/support/write-devices.ts 1000000 a1 > devices.csv
import { once } from 'node:events';
import { autopilotHeader, sampleLine } from './device-lines.ts';

const [count = '1000', series = 'a1'] = process.argv.slice(2);
process.stdout.write(`${autopilotHeader}\r\n`);
let text = '';
for (let number = 1; number <= Number(count); number += 1) {
  text += `${sampleLine(series, number)}\r\n`;
  if (text.length < 262_144) continue;
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  text = '';
}
process.stdout.write(text);
