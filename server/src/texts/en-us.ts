/** What can be wrong with a part of a request, as the end of a sentence that begins with its name. */
export const enUS = {
  blank: 'must not be blank',
  dots: 'must not be "." or "..": no client can send such a path',
  notSeekOperation: 'must be one of First, Next, Previous, Last',
  seekWithoutToken: 'is missing: Next and Previous need the token of a page',
  notCount: 'must be a whole number, 0 or more',
  notJsonObject: 'must be a JSON object',
  notFilterField: 'must be CompanyName or Domain',
  notStartsWith: 'must be starts_with',
  notFilterValue: 'must be text of at most 256 characters, without NUL',
  foreignPageToken: 'is no continuation token of this list; begin again without one',
  noDevices: 'has no devices; give at least one',
  unknownPolicy: 'names no configuration policy of this customer',
  theList: 'The list',
} as const;

/** The name of a text. */
export type TextName = keyof typeof enUS;
