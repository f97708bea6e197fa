import { WireError } from '@muster/contract';

/** The 404 of the administration API. */
export function resourceNotFound(kind: string, id: string): WireError {
  return new WireError('ResourceNotFound', { kind, id: id.slice(0, 100), member: `${kind}Id` });
}

/** The 409 of something whose unique member is taken. */
export function resourceExists(kind: string, member: string): WireError {
  return new WireError('ResourceExists', { kind, member });
}
