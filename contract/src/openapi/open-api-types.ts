/** The parts of OpenAPI 3.1 that Muster uses. https://spec.openapis.org/oas/v3.1.1 */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: OpenApiInfo;
  readonly externalDocs: ExternalDocs;
  readonly servers: readonly { url: string; description: string }[];
  readonly tags: readonly { name: string; description: string }[];
  readonly security: readonly Security[];
  /** By path, then by lowercase method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Components;
}

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly description: string;
  readonly contact: { name: string; url: string };
  readonly license: object;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly externalDocs?: ExternalDocs;
  readonly security?: readonly Security[];
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: { required: boolean; description: string; content: Content };
  /** By HTTP status. */
  readonly responses: Readonly<Record<string, ApiResponse | Reference>>;
}

export interface ApiResponse {
  readonly description: string;
  readonly headers: Readonly<Record<string, Reference>>;
  readonly content?: Content;
}

export interface Components {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly headers: Readonly<Record<string, ResponseHeader>>;
  readonly responses: Readonly<Record<string, ApiResponse>>;
  readonly securitySchemes: Readonly<Record<string, object>>;
}

export interface ResponseHeader {
  readonly description: string;
  /** Whether every response has it that names it. */
  readonly required?: true;
  readonly schema: JsonSchema;
  readonly example: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: true;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example?: string;
  /** For optional parameters, because interactive documentation would send an `example` without being asked. */
  readonly 'x-example'?: string;
}

/** By media type. */
export type Content = Readonly<Record<string, MediaType>>;

export interface MediaType {
  readonly schema: JsonSchema;
  readonly examples?: Readonly<Record<string, Example>>;
  /** Bodies that clients send and the service accepts, although the schema does not describe their spelling. */
  readonly 'x-client-examples'?: Readonly<Record<string, Example>>;
}

export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

export type Security = Readonly<Record<string, readonly string[]>>;

export interface Reference {
  readonly $ref: string;
}

export interface ExternalDocs {
  readonly url: string;
  readonly description: string;
}

/** A JSON schema as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;
