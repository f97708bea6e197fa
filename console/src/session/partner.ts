import { connectPartner, ResponseError, type Partner } from '@muster/sdk';
import { useMemo } from 'react';
import { useTexts } from '../texts/texts.tsx';
import { sessionCredential } from './session.ts';

/** The service this page came from, through the SDK, in the reader’s language. */
export function usePartner(): Partner {
  const { locale } = useTexts();
  return useMemo(
    () =>
      connectPartner({
        baseUrl: location.origin,
        credentials: sessionCredential,
        locale,
        applicationName: 'Muster console',
        retry: { triesMax: 3 },
      }),
    [locale],
  );
}

/** What a failed call says to people, with the id that the log has it under. */
export function problemOf(error: unknown): string {
  if (error instanceof ResponseError)
    return `${error.description ?? error.message}${error.requestId ? ` (MS-RequestId ${error.requestId})` : ''}`;
  return error instanceof Error ? error.message : String(error);
}
