import { Ajv } from 'ajv';
import { TrustedIssuer } from '../authority/tokens/external-issuer.ts';
import { SettingError } from './config.ts';

/** Reads the JSON list of MUSTER_TRUSTED_ISSUERS; empty text is no issuer. Throws SettingError. */
export function readTrustedIssuers(text: string): readonly TrustedIssuer[] {
  if (text === '') return [];
  const list = parse(text);
  const isList = new Ajv().compile<TrustedIssuer[]>({ type: 'array', items: TrustedIssuer, maxItems: 20 });
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
