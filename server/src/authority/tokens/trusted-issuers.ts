import { roles } from '@muster/contract';
import { Ajv } from 'ajv';
import { Type, type Static } from 'typebox';
import { SettingError } from '../setting-error.ts';

const Url = Type.String({ pattern: '^https?://[^\\s#]+$' });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Guid = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });
const RoleName = Type.Enum([...roles]);

/** Another OpenID issuer whose tokens are taken, for example Microsoft Entra ID. */
export const TrustedIssuer = Type.Object(
  {
    /** As tokens name it in `iss`, to the letter. `{tenantid}` in it stands for the token's tenant. */
    issuer: Url,
    /** The discovery document. Default: below the issuer, at `.well-known/openid-configuration`. */
    discovery: Type.Optional(Url),
    /** Tokens for these audiences are taken, no others. */
    audiences: Type.Array(Name, { minItems: 1, maxItems: 20 }),
    /** The claim that names the partner tenant. Default: `tid`. */
    tenantClaim: Type.Optional(Name),
    /** Partner ids by values of that claim, where it holds no partner id itself. */
    partners: Type.Optional(Type.Record(Name, Guid)),
    /** The claim that holds roles, a text or a list. Default: `roles`. */
    rolesClaim: Type.Optional(Name),
    /** Roles by values of that claim. Default: the values are the roles' names. */
    roles: Type.Optional(Type.Record(Name, RoleName)),
  },
  { additionalProperties: false },
);
export type TrustedIssuer = Static<typeof TrustedIssuer>;

/** Reads the JSON list of MUSTER_TRUSTED_ISSUERS; empty text is no issuer. Throws SettingError. */
export function readTrustedIssuers(text: string): readonly TrustedIssuer[] {
  if (text === '') return [];
  const list = parse(text);
  const isList = new Ajv().compile<TrustedIssuer[]>(Type.Array(TrustedIssuer, { maxItems: 20 }));
  if (!isList(list)) {
    const failure = isList.errors?.[0];
    const extra = failure?.params.additionalProperty as string | undefined;
    throw refusal(
      `${failure?.instancePath || 'the list'} ${failure?.message ?? 'is not valid'}${extra ? ` ("${extra}")` : ''}`,
    );
  }
  if (new Set(list.map(({ issuer }) => issuer)).size < list.length)
    throw refusal('an issuer is listed twice');
  return list;
}

function refusal(problem: string): SettingError {
  return new SettingError(`MUSTER_TRUSTED_ISSUERS cannot be used: ${problem}.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('it is not valid JSON');
  }
}
