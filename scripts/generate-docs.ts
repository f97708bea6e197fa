import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { settings } from '../server/src/boot/settings.ts';
import { places } from './import-rules.ts';

const guide = fileURLToPath(new URL('../docs/operations.md', import.meta.url));
const architecture = fileURLToPath(new URL('../ARCHITECTURE.md', import.meta.url));

/** The text with the part between `<!-- name: … -->` and `<!-- /name -->` replaced. */
function withGenerated(text: string, name: string, lines: readonly string[]): string {
  const place = new RegExp(`(<!-- ${name}:[^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  return text.replace(place, (_, open: string, close: string) => `${open}${lines.join('\n')}\n${close}`);
}

/** The operations guide with the table of settings as the code has it. */
export function withSettings(text: string): string {
  const rows = Object.values(settings).map((setting) => {
    const flag = 'flag' in setting ? `\`--${setting.flag}\`` : '';
    const standard = setting.default === '' ? '' : `\`${setting.default}\``;
    return `| \`${setting.environment}\` | ${flag} | ${standard} | ${setting.description} |`;
  });
  const head = ['| Environment | Flag | Default | What it does |', '|---|---|---|---|'];
  return withGenerated(text, 'settings', [...head, ...rows]);
}

function short(path: string): string {
  return path.replace(/^server\/src\//, '').replace(/\/src$/, '');
}

/** The architecture page with the table of places as the import rules have it. */
export function withPlaces(text: string): string {
  const rows = places.map(({ path, holds, imports }) => {
    const allowed = imports.map(short).join(', ');
    return `| \`${path}/\` | ${holds} | ${path === 'scripts' ? 'everything' : allowed || 'nothing of ours'} |`;
  });
  const head = ['| Folder | What it holds | It may import |', '|---|---|---|'];
  return withGenerated(text, 'places', [...head, ...rows]);
}

/** Writes what is generated from the code into the documents. */
export async function generateDocs(): Promise<void> {
  await writeFile(guide, withSettings(await readFile(guide, 'utf8')));
  await writeFile(architecture, withPlaces(await readFile(architecture, 'utf8')));
}

if (process.argv[1] === import.meta.filename) await generateDocs();
