/** What the program says, in English. `{name}` stands for a value. */
export const enUs = {
  // Command line
  usageHint: 'See: {command} --help',
  commandGroup: 'Which one? {names}.',
  unknownCommand: 'There is no command "{name}". {hint}',
  didYouMean: 'Did you mean "{name}"?',
  missingArgument: 'Missing {name}.',
  tooManyArguments: 'Unexpected argument "{argument}".',
  unknownOption: 'Unknown option {option}.',
  optionNeedsValue: 'Option {option} needs a value.',
  optionsExclude: 'These cannot go together: {options}.',
  optionTakesNoValue: 'Option {option} takes no value.',
  missingOption: 'Option {option} is missing.',
  nothingToChange: 'Give what to change: {options}.',
  badDuration: '{option}: "{value}" is no duration. Write it as 30s, 10m or 2h.',
  badChoice: '{option}: "{value}" is none of {choices}.',
  badGuid: '{name}: "{value}" is no GUID such as 0127ed8e-ff72-4983-a3d8-e8d8bd378932.',
  needsYes: 'This removes something for good. Without a terminal to ask on, confirm it with --yes.',
  notConfirmed: 'Nothing was done.',
  confirm: '{question} [y/N] ',

  // Connection
  noConnection:
    'Not connected to a service. Run "muster login", or give --credentials FILE, or set MUSTER_URL, MUSTER_AUTHORITY, MUSTER_TENANT_ID, MUSTER_CLIENT_ID and MUSTER_CLIENT_SECRET.',
  connectionIncomplete: 'The connection lacks {names}. Give {flags}, or set {variables}.',
  badUrl: '{name}: "{value}" is no http or https URL.',
  credentialsNoJson: '{file}: not a credentials file (no JSON object).',
  credentialsNotText: '{file}: not a credentials file ({name} is not text).',
  credentialsLack: '{file}: not a credentials file (it lacks {names}).',
  missingCustomer: 'Which customer? Give --customer ID (a GUID), or set MUSTER_CUSTOMER.',
  unreachable: 'No answer from {origin}: {reason}. Is the service running, and is --url right?',
  certificateRefused:
    'The certificate of {origin} is not trusted: {reason}. If its authority is your own, name its file in NODE_EXTRA_CA_CERTS; otherwise check --url.',
  unencrypted: '{origin} speaks no TLS. Write --url with http:// if that is meant.',
  unreadable: 'The service answered {status} with {content} where JSON of this API was due. Check --url.',
  authorityUnreadable:
    '{origin} answered {status} without JSON: this is no address tokens come from. Check --url and --authority.',
  tryingAgain: 'No answer from {origin}. Trying again.',
  timedOut: '{origin} did not answer within {seconds} s. Try again, or check the network.',
  waitTimedOut: 'The time is up, and the service has not said how far it is. Ask again later.',
  unauthorized:
    'The service does not accept who you are: {description} Run "muster login" again, or check the client id and secret.',
  forbidden: 'Refused: {description}',
  refused: 'The service refused ({status}): {description} [request id {requestId}]',
  refusedSilently:
    'The service refused ({status}) without a reason. Check --url, or try again later. [request id {requestId}]',
  tokenRefused: 'No access token: {reason} ({id}). Check tenant id, client id and secret.',
  tokenWrongSecret: 'the client secret is not the one of this client id',
  tokenSecretExpired: 'the client secret has expired',
  tokenUnknownApplication: 'this tenant has no such application',
  tokenUnknownTenant: 'there is no such tenant',
  tokenPublicApplication: 'the application has no secret; sign a user in with "muster login --device-code"',
  tokenTooMany: 'too many attempts, or too many at once; try again later',
  tokenSignInAgain: 'the sign-in is no longer good; run "muster login" again',
  tokenCodeExpired: 'the code was not used in time',
  tokenDeclined: 'the sign-in was declined',
  diskFull: 'The disk is full: {reason}. Free some space and run it again.',
  unexpected: 'Something unexpected failed: {reason}. Run it again with --debug for details.',
  interrupted: 'Interrupted.',

  // Input files
  fileMissing: '{file}: there is no such file.',
  noMatch: '{file}: no file matches.',
  fileIsDirectory: '{file} is a directory. Name the files in it, for example "{file}/*.csv".',
  fileForbidden: '{file}: no permission to read it.',
  fileUnreadable: '{file}: cannot be read ({reason}).',
  fileUnwritable: '{file}: cannot be written ({reason}).',
  fileExists: '{file} is one of the files being read. Choose another name for the report.',
  fileEmpty: '{file} is empty. Give a CSV with a header line, or JSON.',
  fileWithoutDevices: '{file} lists no devices. Give one a line below the header, or as a JSON object.',
  fileBinary: '{file} is not text. Give a CSV, JSON or NDJSON file.',
  fileIsWorkbook:
    '{file} is a spreadsheet workbook. Save it as CSV (UTF-8) first, and check that serial numbers kept their leading zeros.',
  fileIsCompressed: '{file} is compressed. Unpack it first.',
  badEncoding: '{file}: line {line} is not valid UTF-8. Save the file as UTF-8.',
  lineTooLong: '{file}: line {line} is longer than {limit} characters. This is no list of devices.',
  unknownHeader:
    '{file}: no known column in the header ({found}). Expected for example: Device Serial Number,Windows Product ID,Hardware Hash. A file without a header needs one as its first line.',
  repeatedColumn: '{file}: the header has {column} twice ({found}). Keep one.',
  unidentifiableHeader:
    '{file}: nothing in the header identifies a device ({found}). Needed: Hardware Hash, or Windows Product ID, or Device Serial Number + Manufacturer name + Device model.',
  badCsv: '{file}: line {line} cannot be read as CSV: {reason}.',
  unclosedQuote: '{file}: line {line} has a quote that is never closed.',
  badJson: '{file}: line {line} is not valid JSON.',
  jsonNotDevices: '{file}: line {line} is not a device (a JSON object is expected).',
  terminalInput: 'Waiting for a list of devices on standard input. End it with Ctrl-D.',
  columnsIgnored: '{file}: ignored columns: {columns}.',
  rowsSkipped: '{file}: skipped {count} explanation {count:row|rows} (line {lines}).',
  fileRefused: 'Nothing was uploaded. Correct {count} {count:line|lines} and run it again:',
  fileRefusedMore: 'and {count} more.',

  // Rows
  memberSerialNumber: 'Serial number',
  memberProductKey: 'Product key',
  memberHardwareHash: 'Hardware hash',
  memberManufacturer: 'Manufacturer',
  memberModel: 'Model',
  tooManyCells:
    '{cells} cells where the header has {columns}. Put quotes around a value that holds the separator, such as "Dell, Inc.".',
  valueTooLong: '{column} is longer than {limit} characters.',
  valueUnprintable: '{column} has characters that cannot be printed.',
  valueNotText: '{column} is not text.',

  // Upload and status
  uploadStarting: 'Uploading {count} {count:device|devices} to batch "{batch}"',
  uploadRunning: 'This upload is running already in another program (journal {file}).',
  uploadStopped:
    'Stopped. {done} of {count} {count:device is|devices are} accepted. Nothing is lost; resume with:',
  uploadUncertain:
    '{count} {count:device|devices} came out as "already assigned" in a part that was sent again after a day without an answer: this very upload may have registered them.',
  uploadInterrupted:
    'Interrupted. {done} of {count} {count:device is|devices are} accepted. Nothing is lost; resume with:',
  uploadStillRunning:
    'Still running after {duration}: {done} of {count} {count:device is|devices are} accepted. Go on with:',
  uploadAccepted: '{count} {count:device|devices} accepted. See what becomes of them with:',
  trackingIds: 'Batch tracking ids:',
  moreTrackingIds: '... and {count} more',
  journalNotOne: 'The file given with --journal is not the journal of an upload. Choose another one.',
  journalOther:
    'The journal is of another upload (service, customer or batch differ). Choose another one with --journal FILE.',
  journalInput:
    'The journal is of an upload of other devices: the input has changed since. Choose another one with --journal FILE.',
  partRefused:
    'Devices {first} to {last} were refused as a whole ({status}): {description} [request id {requestId}]',
  journalUnwritable:
    'The journal {file} cannot be written ({reason}). Give another place with --journal FILE.',
  summaryTitle: '{count} {count:device|devices}: {succeeded} succeeded, {failed} failed',
  outcomeFinished: 'finished',
  statusLine: 'Job {trackingId}: {status}',
  statusQueued: 'queued',
  statusProcessing: 'processing',
  statusFinished: 'finished',
  statusFinishedWithErrors: 'failed',
  statusUnknown: 'unknown',
  moreRows:
    '... {count} more {count:row|rows}. --report FILE writes all failed rows, --json prints everything.',
  reportWritten:
    '{count} failed {count:row|rows} written to {file}. Correct {count:it|them} and upload that file.',
  reportEmpty: 'No row failed: {file} was not written.',
  reportMissing:
    'The upload is finished, but the report is not written. This writes it, and uploads nothing again:',
  unknownRemedy: "See the service's documentation for this name.",

  // Progress
  progressFailed: '{count} failed',
  progressProcessing: 'processed',
  progressLeft: '{duration} left',
  progressRate: '{rate} devices/s',
  progressLine:
    '{accepted} of {total} {total:device|devices} accepted, {processed} processed, {failed} failed',

  // Tables
  columnRow: 'ROW',
  columnLine: 'LINE',
  columnSerialNumber: 'SERIAL NUMBER',
  columnMakeModel: 'MAKE / MODEL',
  columnOutcome: 'OUTCOME',
  columnCode: 'CODE',
  columnWhatToDo: 'WHAT TO DO',
  columnDeviceId: 'DEVICE ID',
  columnProductKey: 'PRODUCT KEY',
  columnPolicy: 'POLICY',
  columnBatch: 'BATCH',
  columnDevices: 'DEVICES',
  columnCreated: 'CREATED',
  columnCreatedBy: 'CREATED BY',
  columnPolicyId: 'POLICY ID',
  columnName: 'NAME',
  columnSettings: 'SETTINGS',
  columnCustomerId: 'CUSTOMER ID',
  columnDomain: 'DOMAIN',
  nothingFound: 'None.',

  // Check
  checkError: 'error',
  checkWarning: 'warning',
  checkSummary: '{count} {count:device|devices} read: {errors} would fail, {warnings} with a warning.',
  checkNothingUploaded: 'Nothing was uploaded.',
  checkDuplicate: 'The same device as in line {where}; the first one counts.',
  checkMissingKey:
    'Nothing here identifies the device. Give the hardware hash, or the product key, or serial number + manufacturer + model (real values, not placeholders).',
  checkOpaqueHash: 'The hardware hash has a form that cannot be read here; the service may still accept it.',
  checkPlaceholder: '{column} "{value}" is a placeholder: it identifies no device.',
  checkDiffers: '{column} is "{given}", and the hardware hash says "{decoded}".',
  checkSpreadsheet: '{column} "{value}" was changed by a spreadsheet. Take it from the original file.',
  hashNotBase64:
    'The hardware hash has characters that do not belong in one. Collect it again on the device, and do not open the file in a spreadsheet.',
  hashTooShort:
    'The hardware hash is too short: the old 128-byte form or a cut-off copy. Collect it again under Windows 10 version 1703 or later.',
  hashTruncated:
    'The hardware hash is cut off or damaged. Collect it again on the device, and do not open the file in a spreadsheet.',
  hashChecksum:
    'The hardware hash was changed after it was made: its checksum is wrong. Collect it again on the device.',
  hashNoSerialNumber:
    'The hardware hash names no serial number. Have the maker set it in the firmware, then collect it again.',
  hashNoManufacturer:
    'The hardware hash names no manufacturer. Have the maker set it in the firmware, then collect it again.',

  // Policies, devices
  policyCreated: 'Policy {id} created.',
  policyUpdated: 'Policy {id} updated.',
  policyDeleted: 'Policy {id} deleted.',
  confirmDeletePolicy: 'Delete policy {id}?',
  confirmRemoveDevices: 'Remove {count} {count:device|devices} of batch "{batch}" from the customer?',
  deviceNotFound: 'Device {id} is not in the batch.',
  deviceRemoved: 'Device {id} removed.',
  assignStarting: 'Assigning to {count} {count:device|devices}',
  noDevicesGiven: 'Which devices? Give their ids, or --all for every device of the batch.',
  assignNeedsPolicy: 'Give --policy ID, or --unassign.',

  // Login
  askUrl: 'Base URL of the service: ',
  askTenantId: 'Tenant id: ',
  askClientId: 'Client id: ',
  askClientSecret: 'Client secret (not shown): ',
  askCustomerId: 'Customer id to use by default (may stay empty): ',
  loginNeedsTerminal: 'No terminal to ask on. Give {names}.',
  loginChecked: 'Signed in.',
  loginStored: 'Stored in {file}, readable by you only.',
  loginDeviceCode: 'Open {url} and enter the code {code}',
  loginRemoved: 'The stored login was removed.',

  // Administration
  noAdminConnection:
    'Not connected as an administrator. Give --admin-credentials FILE (the service writes admin-credentials.json into its data directory), or set MUSTER_URL and MUSTER_ADMIN_SECRET.',
  adminRefused: 'The service does not know this administrator: {description}',
  askRoles: 'Roles ({choices}): ',
  badCount: '{option}: "{value}" is no whole number.',
  confirmAdmin: 'This cannot be undone: {command}. Go on?',
  adminDone: 'Done.',
  secretShownOnce: 'Keep the secret now: it cannot be shown again.',
  columnPartnerId: 'PARTNER ID',
  columnClientId: 'CLIENT ID',
  columnSecretId: 'SECRET ID',
  columnUserId: 'USER ID',
  columnKeyId: 'KEY ID',
  columnId: 'ID',
  columnUserName: 'USER NAME',
  columnRoles: 'ROLES',
  columnPublic: 'PUBLIC',
  columnRedirectUris: 'REDIRECT URIS',
  columnEnabled: 'ENABLED',
  columnExpires: 'EXPIRES',

  // Api, scenarios
  badPath: '"{path}" is no path of the API such as /v1/customers.',
  badHeader: '"{header}" is no header such as "If-Match: \\"abc\\"".',
  scenariosTitle: 'Device deployment scenarios',
  scenariosChoose: 'Which one? (number or name; empty to leave) ',
  scenariosUnknown: 'There is no scenario "{name}". Run "muster scenarios" for the list.',
  scenarioInputMissing: 'Scenario {scenario} needs --set {name}=VALUE.',
  scenarioRequest: 'Request',
  scenarioAnswer: 'Answer',
  badSetting: '--set "{value}": write it as name=value.',
  unknownInput: 'Scenario {scenario} does not ask for "{name}". It asks for: {names}.',

  // Help
  helpTitle:
    'muster: registers devices for zero-touch deployment, and tells what became of every one of them.',
  helpHeading: '{title}:',
  helpUsage: 'Usage',
  helpCommands: 'Commands',
  helpActions: 'Actions',
  helpOptions: 'Options',
  helpConnection: 'Connection',
  helpGeneral: 'General',
  helpExample: 'Example',
  helpOutput: 'With --json',
  helpMore: 'More about a command: muster COMMAND --help. Exit codes: muster help exit-codes.',

  // Exit codes
  exitFinished: 'finished: everything is done and every device succeeded',
  exitError: 'error: bad input file, unreachable service, refused request',
  exitUsage: 'the command line is wrong',
  exitFailedDevices: 'finished, and at least one device did not succeed',
  exitAuthentication: 'no credentials, or they were refused',
  exitStillRunning: 'still running: at the time-out, or when the status was read without --wait',
  exitInterrupted: 'interrupted by Ctrl-C or a termination signal',
} as const;
