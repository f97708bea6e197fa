import { operations, type OperationId } from '@muster/contract';
import type { World } from './world.ts';

/** A request before it is sent; `body` that is no text and no bytes goes as JSON. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly token?: string;
}

/** What stands for the parameters of an operation's path. */
export type PathParameters = Readonly<Record<string, string>>;

/** The path of an operation in a world: the world's own things, unless others are given. */
export function pathOf(id: OperationId, world: World, parameters: PathParameters = {}): string {
  const values: Readonly<Record<string, unknown>> = { ...world, ...parameters };
  return `/v1${operations[id].path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))}`;
}

/** The path with the letters of its fixed parts changed, and its parameters as they are. */
export function recase(id: OperationId, world: World, change: (text: string) => string): string {
  const fixed = operations[id].path
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? part : change(part)));
  const values: Readonly<Record<string, unknown>> = { ...world };
  return (
    change('/v1') +
    fixed.join('').replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
  );
}

export function send(world: World, { method, path, ...options }: WireRequest): Promise<Response> {
  return world.muster.call(method, path, options);
}
