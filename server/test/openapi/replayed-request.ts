import type { OpenApiDocument, OpenApiOperation, Parameter } from '@muster/contract/openapi/open-api-types';

/** A request of the document's examples, before real ids are put in. */
export interface ReplayedRequest {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly value: unknown };
}

/** Every request that the document's examples make: each body, or none, with and without the optional parameters. */
export function replayedRequests(document: OpenApiDocument): ReplayedRequest[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const parameters = parametersOf(document, operation);
      const base = { method: method.toUpperCase(), path: fill(path, parameters), operation };
      return bodiesOf(operation).flatMap(({ name, ...body }) => [
        { ...base, ...body, what: `${operation.operationId}${name}`, headers: {}, query: {} },
        {
          ...base,
          ...body,
          what: `${operation.operationId}${name}, with every optional parameter`,
          headers: optional(parameters, 'header'),
          query: optional(parameters, 'query'),
        },
      ]);
    }),
  );
}

function bodiesOf({
  requestBody,
}: OpenApiOperation): { name: string; body?: { type: string; value: unknown } }[] {
  if (!requestBody) return [{ name: '' }];
  return Object.entries(requestBody.content).flatMap(([type, { examples, ...more }]) =>
    Object.entries({ ...examples, ...more['x-client-examples'] }).map(([name, { value }]) => ({
      name: `: ${name}`,
      body: { type, value },
    })),
  );
}

function parametersOf(document: OpenApiDocument, operation: OpenApiOperation): Parameter[] {
  return operation.parameters.map((parameter) => {
    if (!('$ref' in parameter)) return parameter;
    const shared = document.components.parameters[parameter.$ref.replace('#/components/parameters/', '')];
    if (!shared) throw new Error(`There is no ${parameter.$ref}.`);
    return shared;
  });
}

function fill(path: string, parameters: readonly Parameter[]): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((one) => one.in === 'path' && one.name === name)?.example;
    if (example === undefined) throw new Error(`${path}: no example of ${name}.`);
    return encodeURIComponent(example);
  });
}

/** The parameters that may be left out, with their examples; `ContinuationToken` is another name of one of them. */
function optional(parameters: readonly Parameter[], place: 'header' | 'query'): Record<string, string> {
  return Object.fromEntries(
    parameters
      .filter((one) => one.in === place && one['x-example'] !== undefined)
      .map((one) => [one.name, one['x-example'] ?? '']),
  );
}
