import { adminOperations, type AdminOperation } from '@muster/contract/admin/admin-operations';
import * as administrator from '@muster/contract/admin/administrator';
import * as applicationSecret from '@muster/contract/admin/application-secret';
import * as application from '@muster/contract/admin/application';
import * as customer from '@muster/contract/admin/customer';
import { NewPartner, Partner, PartnerChanges } from '@muster/contract/admin/partner';
import * as signingKey from '@muster/contract/admin/signing-key';
import * as user from '@muster/contract/admin/user';
import { describeTypes, generatedHead, namesBySchema, type Shape } from './describe-wire-types.ts';

const schemas = {
  ...administrator,
  ...applicationSecret,
  ...application,
  ...customer,
  // `Partner` is the name of the SDK's own entry.
  AdminPartner: Partner,
  NewPartner,
  PartnerChanges,
  ...signingKey,
  ...user,
};

/** The table of the administration API's operations, and the types of what they take and give, as TypeScript. */
export function describeAdminTypes(): string {
  const names = namesBySchema(schemas);
  const operations = Object.entries(adminOperations as Record<string, AdminOperation>).map(
    ([id, operation]) => describeOperation(id, operation, names),
  );
  const used = [...new Set(operations.flatMap(({ body, item, result }) => [body, item, result]))];
  const types = describeTypes(
    schemas,
    used.filter((name) => name !== undefined),
    names,
  );
  const rows = operations.map(({ id, method, path }) => `${id}: { method: '${method}', path: '${path}' },`);
  const map = (name: string, comment: string, member: 'body' | 'item' | 'result') =>
    `/** ${comment} */\nexport interface ${name} {\n${operations
      .flatMap((row) => (row[member] === undefined ? [] : `readonly ${row.id}: ${row[member]};`))
      .join('\n')}\n}`;
  return `${[
    generatedHead,
    ...types,
    `/** Method and path, below \`/admin/v1\`, of each operation. */\nexport const adminOperations = {\n${rows.join('\n')}\n} as const;`,
    map('AdminBodies', 'What operations take as their body.', 'body'),
    map('AdminItems', 'What the lists are of.', 'item'),
    map('AdminResults', 'What the other operations give.', 'result'),
  ].join('\n\n')}\n`;
}

function describeOperation(
  id: string,
  { method, path, body, success }: AdminOperation,
  names: ReadonlyMap<string, string>,
) {
  const nameOf = (shape: Shape): string => {
    const name = names.get(JSON.stringify(shape));
    if (name === undefined) throw new Error(`${id}: a schema has no name.`);
    return name;
  };
  const given = success.body as Shape | undefined;
  const items = given?.properties?.items?.items;
  return {
    id,
    method,
    path,
    body: body && nameOf(body as Shape),
    item: items && nameOf(items),
    result: items ? undefined : given ? nameOf(given) : 'undefined',
  };
}
