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
  bodyCutOff: 'the connection ended before it did',
  notUtf8: 'it is not UTF-8 text',
  notJson: 'it is not valid JSON',
  notJsonAt: 'it is not valid JSON {position}',
  tooDeep: 'it nests deeper than {limit} levels',
  tooManyValues: 'it holds more than {limit} values',
  tooMuchMemory: 'reading it takes too much memory',

  // Values
  missing: 'is missing',
  unknownMember: 'is not known here',
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
  tooLong: 'is longer than {limit} characters',
  tooFewItems: 'needs at least {limit} items',
  tooManyItems: 'has more than {limit} items',
  wrongCharacters: 'contains control characters or broken Unicode, or has the wrong form',

  // Batches, devices, policies, customers
  dots: 'must not be "." or "..": no client can send such a path',
  noDevices: 'has no devices; give at least one',
  unknownPolicy: 'names no configuration policy of this customer',
  foreignPageToken: 'is no continuation token of this list; begin again without one',
  notSeekOperation: 'must be one of First, Next, Previous, Last',
  seekWithoutToken: 'is missing: Next and Previous need the token of a page',
  notCount: 'must be a whole number, 0 or more',
  notJsonObject: 'must be a JSON object',
  notFilterField: 'must be CompanyName or Domain',
  notStartsWith: 'must be starts_with',
  notFilterValue: 'must be text of at most 256 characters, without NUL',

  // Access tokens
  noBearerToken: 'the Authorization header has no bearer token',
  tokenUnreadable: 'it cannot be read',
  tokenExpired: 'it has expired',
  tokenWithoutEnd: 'it has no end',
  tokenSignatureWrong: 'its signature is wrong',
  tokenKeyUnknown: 'its signing key is not known',
  tokenIssuerUnknown: 'it is from another issuer',
  tokenTenantOfOtherIssuer: 'its tenant and its issuer do not belong together',
  tokenPartnerUnknown: 'its tenant is no partner here',
  tokenWithoutTenant: 'it names no tenant or no application',
  tokenClaimRefused: 'its claim "{claim}" is not accepted',
  notGrantType: 'must be {grantType}',

  // Administration
  notAdministratorSecret: "it is no administrator's secret",
  resetWithPassword: 'does not go with a password',
  notAbsoluteUri: 'is no absolute URI',
  uriFragment: 'must have no fragment',
  uriUserName: 'must have no user name',
  uriNotHttps: 'must be https, except on 127.0.0.1, [::1] or localhost',
  uriScheme: 'must be https, loopback http, or have a scheme with a dot, as com.example.app:',
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
