import * as contract from '@muster/contract';

/** The parts of a JSON schema that a type is made of. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
}

/** What the SDK's methods take and give. What these are made of comes along. */
const roots = [
  'BatchUploadDetails',
  'ConfigurationPolicy',
  'ConfigurationPolicyCreationRequest',
  'ConfigurationPolicyUpdateRequest',
  'Customer',
  'Device',
  'DeviceBatch',
  'DeviceBatchCreationRequest',
  'DevicePolicyUpdateRequest',
  'DeviceUpdateRequest',
  'DryRunResult',
  'OrganizationProfile',
] as const satisfies (keyof typeof contract)[];

/** Members that Partner Center's answers do not always have: clients of both must do without them. */
const notEverywhere = new Set([
  'BatchUploadDetails.progress',
  'ConfigurationPolicy.devicesAssigned',
  'DeviceBatch.deviceCount',
  'DeviceBatch.status',
]);

/**
 * The types of what the SDK's methods take and give, as TypeScript with the contract's own descriptions: the published
 * package then needs neither the contract nor its schema library.
 */
export function describeWireTypes(): string {
  const names = namesBySchema(contract);
  const types = [...describeCatalogs(), ...describeTypes(contract, roots, names)];
  return `${generatedHead}\n\n${types.join('\n\n')}\n`;
}

/** Members whose known values are a type; a service may also give others. */
const catalogTypes: Readonly<Record<string, string>> = {
  'DeviceUploadDetails.errorCode': 'DeviceErrorCode',
  'DeviceUploadDetails.errorDescription': 'DeviceErrorName',
};

/** The known values of codes, as types. */
function describeCatalogs(): string[] {
  const { deviceOutcomes, faultCatalog } = contract;
  return [
    declareUnion('DeviceErrorName', 'The known reasons why a device fails.', Object.keys(deviceOutcomes)),
    declareUnion(
      'DeviceErrorCode',
      'The published numbers of these reasons, as text.',
      Object.values(deviceOutcomes).flatMap(({ errorCode }) => errorCode ?? []),
    ),
    declareUnion(
      'FaultCode',
      'The codes with which Muster refuses a call.',
      Object.values(faultCatalog).map(({ code }) => code),
    ),
  ];
}

function declareUnion(name: string, comment: string, values: readonly string[]): string {
  const union = [...new Set(values)].sort().map((value) => `'${value}'`);
  return `/** ${comment} */\nexport type ${name} = ${union.join(' | ')};`;
}

export const generatedHead =
  '// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.';

/** A declaration for each of the schemas named by `wanted`, and for what they are made of. */
export function describeTypes(
  schemas: object,
  wanted: readonly string[],
  names: ReadonlyMap<string, string>,
): string[] {
  const found = new Map<string, Shape>();
  for (const [name, schema] of Object.entries(schemas))
    if (wanted.includes(name)) collectNamed(schema as Shape, names, found);
  return [...found]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => declare(name, schema, names));
}

/** The names of schemas by their content: a schema that is made optional is another object. */
export function namesBySchema(schemas: object): ReadonlyMap<string, string> {
  const named = Object.entries(schemas as Record<string, unknown>).filter(
    ([name, value]) => /^[A-Z]/.test(name) && typeof value === 'object' && isNameable(value as Shape),
  );
  return new Map(named.map(([name, schema]) => [JSON.stringify(schema), name]));
}

function isNameable(shape: Shape): boolean {
  const isEnum = shape.anyOf !== undefined || shape.enum !== undefined || shape.items?.enum !== undefined;
  return isEnum || shape.properties !== undefined;
}

function collectNamed(shape: Shape, names: ReadonlyMap<string, string>, found: Map<string, Shape>): void {
  const name = names.get(JSON.stringify(shape));
  if (name !== undefined) found.set(name, shape);
  for (const part of [...(shape.anyOf ?? []), ...Object.values(shape.properties ?? {}), shape.items])
    if (part) collectNamed(part, names, found);
}

function declare(name: string, shape: Shape, names: ReadonlyMap<string, string>): string {
  const comment = shape.description === undefined ? '' : `/** ${shape.description} */\n`;
  const values = shape.items?.enum;
  if (values) {
    const [list, item] = [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, name.replace(/s$/, '')];
    return [
      `${comment}export const ${list} = ${JSON.stringify(values)} as const;`,
      `export type ${item} = (typeof ${list})[number];`,
      `export type ${name} = readonly ${item}[];`,
    ].join('\n');
  }
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
  if (typeof shape.additionalProperties === 'object')
    return `Readonly<Record<string, ${toNamedType(shape.additionalProperties, names)}>>`;
  if (shape.type === 'integer') return 'number';
  if (shape.type !== undefined && isPlain(shape.type)) return [shape.type].flat().join(' | ');
  throw new Error(`No type for the schema ${JSON.stringify(shape)}`);
}

/** Whether JSON Schema and TypeScript have the same names for these types. */
function isPlain(types: string | readonly string[]): boolean {
  return [types].flat().every((type) => ['string', 'number', 'boolean', 'null'].includes(type));
}

function toNamedType(shape: Shape, names: ReadonlyMap<string, string>): string {
  return names.get(JSON.stringify(shape)) ?? toType(shape, names);
}

function toObject(shape: Shape, names: ReadonlyMap<string, string>, owner = ''): string {
  const members = Object.entries(shape.properties ?? {}).map(([key, member]) => {
    const comment = member.description === undefined ? '' : `/** ${member.description} */\n`;
    const isOptional = !shape.required?.includes(key) || notEverywhere.has(`${owner}.${key}`);
    const known = catalogTypes[`${owner}.${key}`];
    const type = known === undefined ? toNamedType(member, names) : `${known} | (string & {})`;
    return `${comment}readonly ${key}${isOptional ? '?' : ''}: ${type}${isOptional ? ' | undefined' : ''};`;
  });
  return `{\n${members.join('\n')}\n}`;
}
