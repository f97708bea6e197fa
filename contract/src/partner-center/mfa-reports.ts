import { Type, type Static, type TSchema } from '../schema.ts';
import { operations, type Operation } from './operations.ts';

/** Microsoft's reports on multifactor authentication. https://learn.microsoft.com/partner-center/developer/mfa-resources */

const upn = Type.String({ description: "The user's sign-in name." });
const objectId = Type.String({ description: "The user's object ID: `oid` in their tokens." });
const tenantId = Type.String({ description: 'The tenant ID of the partner.' });
const applicationId = Type.String({ description: 'The application that made the requests.' });

/** The number of requests that users made on one day through one application. */
export const ApplicationMfaAdoption = Type.Object(
  {
    loginDate: Type.String({ description: 'The day, in UTC: 2026-11-25.' }),
    mfaCompliantRequestCount: Type.Integer({
      description: 'The number of requests whose token contains evidence of MFA.',
    }),
    totalRequestCount: Type.Integer(),
    applicationId,
    applicationName: Type.String({ description: 'Empty if the token was issued by another issuer.' }),
  },
  { description: 'The number of requests that users made on one day through one application.' },
);

export const ApplicationMfaAdoptionList = Type.Array(ApplicationMfaAdoption, {
  description: 'One entry per day and application, most recent day first.',
});

export const PartnerRequest = Type.Object(
  {
    requestId: Type.String({ description: 'The MS-RequestId.' }),
    correlationId: Type.String({ description: 'The MS-CorrelationId.' }),
    operationName: Type.String({ description: 'Method and path: `Get /v{version}/customers/{customerId}`.' }),
    requestDateTime: Type.String({ description: 'UTC without a time zone, as in Partner Center.' }),
    ipAddress: Type.String(),
    objectId,
    tenantId,
    upn,
    applicationId,
    mfaCompliant: Type.Boolean({ description: 'Whether the token contains evidence of MFA.' }),
  },
  { description: 'A request made by a user.' },
);

export const NonMfaCompliantPartnerPrincipal = Type.Object(
  {
    objectId,
    tenantId,
    upn,
    lastNonMfaCompliantRequestDateTime: Type.String({
      description: 'UTC without a time zone, as in Partner Center.',
    }),
  },
  { description: 'A user who made requests without MFA.' },
);

export const PartnerRequestCollection = collection(
  PartnerRequest,
  'Up to 10,000 requests that users made in the last seven days, most recent first.',
);
export const NonMfaCompliantPartnerPrincipalCollection = collection(
  NonMfaCompliantPartnerPrincipal,
  'The users who made requests without MFA in the last seven days, most recent first.',
);

export type ApplicationMfaAdoptionList = Static<typeof ApplicationMfaAdoptionList>;
export type PartnerRequestCollection = Static<typeof PartnerRequestCollection>;
export type NonMfaCompliantPartnerPrincipalCollection = Static<
  typeof NonMfaCompliantPartnerPrincipalCollection
>;

/** These lists have no links. */
function collection<Item extends TSchema>(item: Item, description: string) {
  return Type.Object(
    {
      totalCount: Type.Integer(),
      items: Type.Array(item),
      attributes: Type.Object({ objectType: Type.Literal('Collection') }),
    },
    { description },
  );
}

const report = {
  method: 'GET',
  roles: ['AdminAgents', 'SalesAgents', 'GlobalAdmin'],
  requiresUser: true,
  faults: [],
} as const;
const docs = 'https://learn.microsoft.com/partner-center/developer';

/** The reports, one row per operation. Their shapes are as published, so some conventions of the other operations do not apply. */
export const mfaReportOperations = {
  listApplicationMfaAdoption: {
    ...report,
    path: '/applicationmfaadoptionstatus',
    summary: "Count users' requests, with and without MFA, by day and application.",
    reference: `${docs}/get-api-request-summary`,
    success: { status: 200, body: ApplicationMfaAdoptionList },
  },
  listPartnerRequests: {
    ...report,
    path: '/partnerRequests',
    summary: 'List the most recent requests of users.',
    reference: `${docs}/get-api-request-details`,
    success: { status: 200, body: PartnerRequestCollection },
  },
  listNonMfaCompliantPartnerPrincipals: {
    ...report,
    path: '/nonMfaCompliantPartnerPrincipals',
    summary: 'List the users who made requests without MFA.',
    reference: `${docs}/get-portal-requests-without-mfa`,
    success: { status: 200, body: NonMfaCompliantPartnerPrincipalCollection },
  },
} as const satisfies Record<string, Operation>;

/** Every operation under `/v1`. */
export const servedOperations = { ...operations, ...mfaReportOperations };

export type ServedOperationId = keyof typeof servedOperations;
