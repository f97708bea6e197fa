/**
 * What the service says to people, in English. Most of these end a sentence that begins with the name of what is wrong:
 * `devices[3].serialNumber` `must be text`. `{name}` is filled with a value.
 */
export const enUS = {
  // Parts of a request without a name of their own
  theRequest: 'The request',
  theBody: 'The body',
  theList: 'The list',

  // Requests that cannot be read
  noHost: 'has no Host header',
  tooSlow: 'took too long to arrive',
  headTooLong: 'has a URL or headers that are too long',
  notHttp: 'is not valid HTTP for this service',
  frameworkRefusal: '{message}',

  // Bodies that cannot be read
  unknownEncoding: 'its Content-Encoding is neither gzip nor identity',
  notGzip: 'it is not valid gzip',
  bodyCutOff: 'the connection ended before the body was complete',
  notUtf8: 'it is not UTF-8 text',
  notJson: 'it is not valid JSON',
  notJsonAt: 'it is not valid JSON {position}',
  tooDeep: 'it is nested more than {limit} levels deep',
  tooManyValues: 'it contains more than {limit} values',
  tooMuchMemory: 'reading it takes too much memory',

  // Values
  missing: 'is missing',
  unknownMember: 'is not a known property',
  notValid: 'is not valid',
  notType: 'must be {type}',
  notText: 'must be text',
  notObject: 'must be an object',
  notArray: 'must be an array',
  notInteger: 'must be a whole number',
  notNumber: 'must be a number',
  notBoolean: 'must be true or false',
  notOneOf: 'must be one of {values}',
  empty: 'must not be empty',
  blank: 'must not be blank',
  tooShort: 'must have at least {limit} characters',
  tooLong: 'is longer than {limit} characters',
  tooFewItems: 'must have at least {limit} items',
  tooSmall: 'must be at least {limit}',
  tooLarge: 'must be at most {limit}',
  notTime: 'must be a date or a time with its zone in ISO 8601, such as 2026-11-25T09:00:00Z',
  givenTwice: 'is given more than once',
  notOneCriterion:
    'must have exactly one of serialNumber, serialPrefix, productKey, deviceId and hardwareHash',
  unusableHash:
    'is damaged, too short, or has no serial number or manufacturer; collect it again on the device itself',
  notOutcome: 'must be succeeded, failed, pending, or the name or code of a failure',
  tooManyItems: 'has more than {limit} items',
  wrongCharacters: 'contains control characters or invalid Unicode, or has the wrong form',

  // Batches, devices, policies, customers
  dots: 'must not be "." or "..": no client can send such a path',
  noDevices: 'has no devices; provide at least one',
  unknownPolicy: 'is not a configuration policy of this customer',
  foreignPageToken: 'is not a continuation token of this list; start again without one',
  notSeekOperation: 'must be one of First, Next, Previous, Last',
  seekWithoutToken: 'is missing: Next and Previous require the token of a page',
  notCount: 'must be a whole number, 0 or more',
  notJsonObject: 'must be a JSON object',
  notFilterField: 'must be CompanyName or Domain',
  notStartsWith: 'must be starts_with',
  notFilterValue: 'must be text of at most 256 characters, without NUL',

  // Webhooks
  notHttpUrl: 'must be a URL that starts with https:// or http://',
  urlUserName: 'must not contain a user name or password',
  addressNotAllowed:
    'is a loopback, private, or other special address, to which webhooks are not sent. An operator can allow it (MUSTER_WEBHOOK_NETWORKS)',

  // Access tokens
  noBearerToken: 'the Authorization header has no bearer token',
  tokenUnreadable: 'it cannot be read',
  tokenExpired: 'it has expired',
  tokenWithoutEnd: 'it has no expiry time',
  tokenSignatureWrong: 'its signature is not valid',
  tokenKeyUnknown: 'its signing key is unknown',
  tokenIssuerUnknown: 'it was issued by an issuer that this service does not trust',
  tokenTenantOfOtherIssuer: 'its tenant does not belong to its issuer',
  tokenPartnerUnknown: 'its tenant is not a partner of this service',
  tokenWithoutTenant: 'it does not name both a tenant and an application',
  tokenClaimRefused: 'its claim "{claim}" is not accepted',
  notGrantType: 'must be {grantType}',

  // Administration
  notAdministratorSecret: 'it is not the secret of an administrator',
  resetWithPassword: 'cannot be combined with a password',
  notAbsoluteUri: 'is not an absolute URI',
  uriFragment: 'must not have a fragment',
  uriUserName: 'must not have a user name',
  uriNotHttps: 'must use https, except on 127.0.0.1, [::1] or localhost',
  uriScheme: 'must use https, loopback http, or a scheme with a dot, such as com.example.app:',
  administrator: 'administrator',
  application: 'application',
  customer: 'customer',
  key: 'key',
  partner: 'partner',
  secret: 'secret',
  user: 'user',
} as const;

/** The name of a text. */
export type TextName = keyof typeof enUS;
