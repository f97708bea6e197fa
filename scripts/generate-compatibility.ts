import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  deviceOutcomes,
  faultCatalog,
  servedOperations,
  type FaultName,
  type Operation,
} from '@muster/contract';

const guide = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url));

/** What every operation can answer with, beside its own faults. */
const shared = [
  'TokenMissing',
  'Unauthorized',
  'AudienceRetired',
  'MfaRequired',
  'InvalidCustomerId',
  'RoleForbidden',
  'CustomerForbidden',
  'AppUserRequired',
  'OperationNotFound',
  'InternalError',
  'ServiceUnavailable',
] as const satisfies FaultName[];

const parts: Readonly<Record<string, () => string>> = {
  operations: operationsTable,
  faults: faultsTable,
  outcomes: outcomesTable,
};

/** The compatibility guide with the tables of the contract as the code has them. */
export function withContractTables(text: string): string {
  return Object.entries(parts).reduce((result, [name, table]) => {
    const place = new RegExp(`(<!-- ${name}:[^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(result)) throw new Error(`The guide has no place for the table of ${name}.`);
    return result.replace(place, (_, open: string, close: string) => `${open}${table()}${close}`);
  }, text);
}

function operationsTable(): string {
  const rows = Object.entries(servedOperations).map(([id, row]) => {
    const { method, path, success, roles, faults, reference }: Operation = row;
    const request = `\`${method} ${path}\``;
    return [
      `[\`${id}\`](${reference})`,
      request,
      String(success.status),
      roles.join(', '),
      faults.join(', ') || 'only those of every operation',
    ];
  });
  return markdownTable(['Operation', 'Request, below `/v1`', 'Success', 'Roles, any of', 'Own faults'], rows);
}

function faultsTable(): string {
  const own = Object.values<Operation>(servedOperations).flatMap(({ faults }) => faults);
  const rows = [...new Set<FaultName>([...own, ...shared])].map((name): [number, string[]] => {
    const { status, code, description } = faultCatalog[name];
    return [status, [String(status), code, name, description['en-US']]];
  });
  rows.sort(([one], [other]) => one - other);
  return markdownTable(
    ['Status', '`code`', 'Fault', '`description` (with `X-Locale: zh-TW` in traditional Chinese)'],
    rows.map(([, cells]) => cells),
  );
}

function outcomesTable(): string {
  const rows = Object.entries(deviceOutcomes).map(([name, { errorCode, meaning, remedy, isRetryable }]) => [
    errorCode ?? 'left out: none is published',
    name,
    meaning['en-US'],
    remedy['en-US'],
    isRetryable ? 'yes' : 'no',
  ]);
  return markdownTable(
    ['`errorCode`', '`errorDescription`', 'Meaning', 'What to do', 'Can succeed unchanged later'],
    rows,
  );
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(escapeCell).join(' | ')} |`,
  );
  return `${lines.join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Writes the tables of the contract into the guide. */
export async function generateCompatibility(): Promise<void> {
  await writeFile(guide, withContractTables(await readFile(guide, 'utf8')));
}

if (process.argv[1] === import.meta.filename) await generateCompatibility();
