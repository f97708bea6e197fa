import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '@muster/contract/openapi/open-api-document';

const file = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
const formatter = fileURLToPath(new URL('../node_modules/.bin/oxfmt', import.meta.url));

/** The document as it is committed: of a service with its standard settings. */
export function committedOpenApi(): unknown {
  return JSON.parse(JSON.stringify(openApiDocument('http://127.0.0.1:8080')));
}

/** Writes the published contract, in the project's format. */
export async function generateOpenApi(): Promise<void> {
  await writeFile(file, JSON.stringify(committedOpenApi(), undefined, 2));
  execFileSync(formatter, [file]);
}

if (process.argv[1] === import.meta.filename) await generateOpenApi();
