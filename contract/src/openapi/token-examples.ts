import { exampleOrigin, exampleValues } from './example-values.ts';

const { clientId, clientSecret, userName, password, refreshToken, accessToken } = exampleValues;
const graph = 'https://graph.windows.net';
const partnerCenter = 'https://api.partnercenter.microsoft.com';

const deviceCode = {
  device_code: 'pQ4X1n0c7oZ3vQm2yVb8u5sKk1cW9eRt',
  user_code: 'BCDFGHJKL',
  message: `To sign in, use a web browser to open the page ${exampleOrigin}/devicelogin and enter the code BCDFGHJKL to authenticate.`,
};

function refused(error: string, number: number, text: string): object {
  return {
    error,
    error_description: `AADSTS${number}: ${text}`,
    error_codes: [number],
    timestamp: '2026-07-25 10:00:00Z',
    trace_id: 'e88d014d-ab70-41de-90a0-f7fd1797267d',
    correlation_id: 'de894e18-f027-4ac0-8b5a-34f0c222af0c',
  };
}

/** Token requests as real clients send them, and their answers. */
export const tokenExamples = {
  getToken: {
    requests: {
      dotnet: {
        summary: 'As MSAL sends it for the .NET SDK, the Java SDK and the PowerShell module',
        value: {
          client_id: clientId,
          client_info: '1',
          client_secret: clientSecret,
          scope: `${graph}/.default`,
          grant_type: 'client_credentials',
        },
      },
      pliancy: {
        summary: 'As pliancy sends it',
        value: {
          client_id: clientId,
          client_secret: clientSecret,
          scope: `${partnerCenter}/.default`,
          grant_type: 'client_credentials',
        },
      },
      cipp: {
        summary: 'As CIPP sends it, for a user who signed in before',
        value: {
          client_id: clientId,
          client_secret: clientSecret,
          scope: `${partnerCenter}/user_impersonation`,
          refresh_token: refreshToken,
          grant_type: 'refresh_token',
        },
      },
    },
    answer: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: accessToken },
  },
  getTokenV1: {
    requests: {
      script: {
        summary: 'As scripts send it for an application',
        value: {
          resource: graph,
          client_id: clientId,
          client_secret: clientSecret,
          grant_type: 'client_credentials',
        },
      },
      scriptUser: {
        summary: 'As scripts send it for a user (MUSTER_PASSWORD_GRANT=true)',
        value: {
          resource: partnerCenter,
          client_id: clientId,
          client_secret: clientSecret,
          grant_type: 'password',
          username: userName,
          password,
          scope: 'openid',
        },
      },
    },
    answer: {
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: '1784977199',
      not_before: '1784973600',
      resource: graph,
      access_token: accessToken,
    },
  },
  startDeviceLogin: {
    requests: {
      program: {
        summary: 'As a program without a browser sends it',
        value: { client_id: clientId, scope: `${partnerCenter}/user_impersonation offline_access` },
      },
    },
    answer: {
      ...deviceCode,
      verification_uri: `${exampleOrigin}/devicelogin`,
      expires_in: 900,
      interval: 5,
    },
  },
  startDeviceLoginV1: {
    requests: {
      program: {
        summary: 'As older programs send it',
        value: { client_id: clientId, resource: partnerCenter },
      },
    },
    answer: {
      ...deviceCode,
      verification_url: `${exampleOrigin}/devicelogin`,
      expires_in: '900',
      interval: '5',
    },
  },
  exchangeToken: {
    requests: {
      script: { summary: 'As scripts send it', value: { grant_type: 'jwt_token' } },
      scriptWithClient: {
        summary: 'With a client id, which is not read',
        value: { grant_type: 'jwt_token', client_id: clientId },
      },
    },
    answer: { access_token: accessToken, token_type: 'bearer', expires_in: 3599 },
  },
} as const;

/** Refused token requests. */
export const tokenRefusals = {
  refused: refused(
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory.`,
  ),
  wrongSecret: refused('invalid_client', 7000215, 'Invalid client secret provided.'),
  tooMany: refused('temporarily_unavailable', 50053, 'Too many failed attempts from this address.'),
  tooBusy: refused('temporarily_unavailable', 90033, 'Too many sign-ins at once. Try again in a moment.'),
} as const;
