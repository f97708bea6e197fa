import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { settings } from '../server/src/boot/settings.ts';

const guide = fileURLToPath(new URL('../docs/operations.md', import.meta.url));
const place = /(<!-- settings:[^\n]*-->\n)[\s\S]*?(<!-- \/settings -->)/;

/** The operations guide with the table of settings as the code has it. */
export function withSettings(text: string): string {
  const rows = Object.values(settings).map((setting) => {
    const flag = 'flag' in setting ? `\`--${setting.flag}\`` : '';
    const standard = setting.default === '' ? '' : `\`${setting.default}\``;
    return `| \`${setting.environment}\` | ${flag} | ${standard} | ${setting.description} |`;
  });
  const table = ['| Environment | Flag | Default | What it does |', '|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
  return text.replace(place, (_, open: string, close: string) => `${open}${table}${close}`);
}

/** Writes what is generated from the code into the documents. */
export async function generateDocs(): Promise<void> {
  await writeFile(guide, withSettings(await readFile(guide, 'utf8')));
}

if (process.argv[1] === import.meta.filename) await generateDocs();
