import { WireError } from '@muster/contract';
import { phraseOf } from '../../texts/phrase-of.ts';

/** What the administration knows, by its names in paths and members. */
type Kind = 'administrator' | 'application' | 'customer' | 'key' | 'partner' | 'secret' | 'user';

/** The 404 of the administration API. */
export function resourceNotFound(kind: Kind, id: string): WireError {
  return new WireError('ResourceNotFound', {
    kind: phraseOf(kind),
    id: id.slice(0, 100),
    member: `${kind}Id`,
  });
}

/** The 409 of something whose unique member is taken. */
export function resourceExists(kind: Kind, member: string): WireError {
  return new WireError('ResourceExists', { kind: phraseOf(kind), member });
}
