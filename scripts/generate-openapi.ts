import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { adminDocument } from '@muster/contract/openapi/admin-document';
import { openApiDocument } from '@muster/contract/openapi/open-api-document';

const formatter = fileURLToPath(new URL('../node_modules/.bin/oxfmt', import.meta.url));
const serverUrl = 'http://127.0.0.1:8080';

/** The documents as they are committed, by file: of a service with its standard settings. */
export function committedDocuments(): ReadonlyMap<string, unknown> {
  const documents = { openapi: openApiDocument(serverUrl), 'admin-openapi': adminDocument(serverUrl) };
  return new Map(
    Object.entries(documents).map(([name, document]) => [
      fileURLToPath(new URL(`../docs/${name}.json`, import.meta.url)),
      JSON.parse(JSON.stringify(document)),
    ]),
  );
}

/** Writes the published contract, in the project's format. */
export async function generateOpenApi(): Promise<void> {
  const documents = committedDocuments();
  for (const [file, document] of documents) await writeFile(file, JSON.stringify(document, undefined, 2));
  execFileSync(formatter, [...documents.keys()]);
}

if (process.argv[1] === import.meta.filename) await generateOpenApi();
