import * as contract from '@muster/contract';

/** The parts of a JSON schema that a type is made of. */
interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** Members that Muster adds to Partner Center's answers: clients of both must do without them. */
const extensions = new Set(['BatchUploadDetails.progress']);

/**
 * The types of everything that the contract's operations take and give, as TypeScript with the contract's own
 * descriptions: the published package then needs neither the contract nor its schema library.
 */
export function describeWireTypes(): string {
  const names = namesBySchema();
  const wanted = Object.values(contract.operations as Record<string, contract.Operation>)
    .flatMap(({ body, success }) => [body, success.body])
    .filter((schema) => schema !== undefined)
    .map((schema) => schema as Shape);
  const found = new Map<string, Shape>();
  for (const schema of wanted) collectNamed(schema, names, found);
  const types = [...found]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => declare(name, schema, names));
  const head =
    '// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.';
  return `${head}\n\n${types.join('\n\n')}\n`;
}

/** Schemas lose their identity where they are optional, so they are known by their content. */
function namesBySchema(): ReadonlyMap<string, string> {
  const named = Object.entries(contract as Record<string, unknown>).filter(
    ([name, value]) => /^[A-Z]/.test(name) && typeof value === 'object' && isNameable(value as Shape),
  );
  return new Map(named.map(([name, schema]) => [JSON.stringify(schema), name]));
}

function isNameable(shape: Shape): boolean {
  return shape.properties !== undefined || shape.anyOf !== undefined || shape.enum !== undefined;
}

function collectNamed(shape: Shape, names: ReadonlyMap<string, string>, found: Map<string, Shape>): void {
  const name = names.get(JSON.stringify(shape));
  if (name !== undefined) found.set(name, shape);
  for (const part of [...(shape.anyOf ?? []), ...Object.values(shape.properties ?? {}), shape.items])
    if (part) collectNamed(part, names, found);
}

function declare(name: string, shape: Shape, names: ReadonlyMap<string, string>): string {
  const comment = shape.description === undefined ? '' : `/** ${shape.description} */\n`;
  return shape.properties
    ? `${comment}export interface ${name} ${toObject(shape, names, name)}`
    : `${comment}export type ${name} = ${toType(shape, names)};`;
}

function toType(shape: Shape, names: ReadonlyMap<string, string>): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (shape.anyOf) return shape.anyOf.map((part) => toNamedType(part, names)).join(' | ');
  if (shape.items) return `readonly (${toNamedType(shape.items, names)})[]`;
  if (shape.properties) return toObject(shape, names);
  if (shape.type === 'integer') return 'number';
  if (shape.type === 'string' || shape.type === 'number' || shape.type === 'boolean') return shape.type;
  throw new Error(`No type for the schema ${JSON.stringify(shape)}`);
}

function toNamedType(shape: Shape, names: ReadonlyMap<string, string>): string {
  return names.get(JSON.stringify(shape)) ?? toType(shape, names);
}

function toObject(shape: Shape, names: ReadonlyMap<string, string>, owner = ''): string {
  const members = Object.entries(shape.properties ?? {}).map(([key, member]) => {
    const comment = member.description === undefined ? '' : `/** ${member.description} */\n`;
    const isOptional = !shape.required?.includes(key) || extensions.has(`${owner}.${key}`);
    const type = toNamedType(member, names);
    return `${comment}readonly ${key}${isOptional ? '?' : ''}: ${type}${isOptional ? ' | undefined' : ''};`;
  });
  return `{\n${members.join('\n')}\n}`;
}
