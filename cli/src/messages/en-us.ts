import { fileMessages } from '@muster/device-files/file-messages';

/** The messages of the program in English. `{name}` is replaced by a value. */
export const enUs = {
  ...fileMessages['en-US'],

  // Command line
  usageHint: 'See: {command} --help',
  commandGroup: 'Commands that begin with it: {names}.',
  unknownCommand: 'There is no command "{name}". {hint}',
  plus: ' + ',
  didYouMean: 'Did you mean "{name}"?',
  missingArgument: 'Missing argument {name}.',
  tooManyArguments: 'Unexpected argument "{argument}".',
  unknownOption: 'Unknown option {option}.',
  optionNeedsValue: 'Option {option} needs a value.',
  optionsExclude: 'These options cannot be used together: {options}.',
  optionTakesNoValue: 'Option {option} does not take a value.',
  missingOption: 'Option {option} is required.',
  nothingToChange: 'Specify what to change: {options}.',
  badColumns:
    '--columns: "{value}" must have the form NAME=COLUMN, with each name and column once. The names are: {names}.',
  badDuration: '{option}: "{value}" is not a valid duration. Use a value such as 30s, 10m or 2h.',
  badChoice: '{option}: "{value}" is not one of {choices}.',
  badGuid: '{name}: "{value}" is not a valid GUID such as 0127ed8e-ff72-4983-a3d8-e8d8bd378932.',
  needsYes: 'This cannot be undone. There is no interactive terminal to ask at, so confirm it with --yes.',
  notConfirmed: 'Canceled. Nothing was changed.',
  confirm: '{question} [y/N] ',

  // Connection
  noConnection:
    'Not connected to a service. Run "muster login", specify --credentials FILE, or set MUSTER_URL, MUSTER_AUTHORITY, MUSTER_TENANT_ID, MUSTER_CLIENT_ID and MUSTER_CLIENT_SECRET.',
  connectionIncomplete:
    'The connection settings are incomplete. Missing: {names}. Specify {flags}, or set {variables}.',
  badUrl: '{name}: "{value}" is not a valid http or https URL.',
  credentialsNoJson: '{file} is not a credentials file: it does not contain a JSON object.',
  credentialsNotText: '{file} is not a credentials file: {name} is not a string.',
  credentialsLack: '{file} is not an administrator credentials file: it does not contain {names}.',
  missingCustomer: 'No customer specified. Use --customer ID (a GUID), or set MUSTER_CUSTOMER.',
  unreachable:
    'No response from {origin}: {reason}. Check that the service is running and that --url is correct.',
  certificateRefused:
    'The certificate of {origin} is not trusted: {reason}. If your own certificate authority issued it, set NODE_EXTRA_CA_CERTS to the file of that authority. Otherwise check --url.',
  unencrypted: '{origin} does not support TLS. If you intended that, use http:// in --url.',
  unreadable: 'The service returned {status} with {content} instead of JSON. Check --url.',
  authorityUnreadable:
    '{origin} returned {status} without JSON, so it does not issue access tokens. Check --url and --authority.',
  authorityUnavailable:
    '{origin} cannot issue access tokens now: the service cannot reach its database. Check the service and its database, then try again.',
  authorityFailed: '{origin} cannot issue access tokens now ({status}). Check the service, then try again.',
  tryingAgain: 'No response from {origin}. Retrying.',
  timedOut: '{origin} did not respond within {seconds} s. Try again, or check the network.',
  waitTimedOut: 'Timed out before the service reported any progress. Try again later.',
  unauthorized:
    'The service did not accept your sign-in: {description} Run "muster login" again, or check the client ID and secret.',
  forbidden: 'Not allowed: {description}',
  refused: 'The service refused the request ({status}): {description} [request ID {requestId}]',
  refusedSilently:
    'The service refused the request ({status}) and gave no reason. Check --url, or try again later. [request ID {requestId}]',
  tokenRefused:
    'Could not get an access token: {reason} ({id}). Check the tenant ID, client ID and client secret.',
  tokenWrongSecret: 'the client secret does not belong to this client ID',
  tokenSecretExpired: 'the client secret has expired',
  tokenUnknownApplication: 'there is no such application in this tenant',
  tokenUnknownTenant: 'there is no such tenant',
  tokenPublicApplication:
    'the application has no client secret; sign in as a user with "muster login --device-code"',
  tokenTooMany: 'too many attempts; try again later',
  tokenSignInAgain: 'the sign-in has expired; run "muster login" again',
  tokenCodeExpired: 'the code expired before it was used',
  tokenDeclined: 'the sign-in was declined',
  diskFull: 'The disk is full: {reason}. Free up some space, then run the command again.',
  unexpected: 'Unexpected error: {reason}. Run the command again with --debug for details.',
  interrupted: 'Interrupted.',

  // Input files
  fileMissing: '{file}: file not found.',
  noMatch: '{file}: no matching files.',
  fileIsDirectory: '{file} is a directory. Specify the files in it, for example "{file}/*.csv".',
  fileForbidden: '{file}: permission denied.',
  fileUnreadable: '{file} cannot be read: {reason}.',
  fileUnwritable: '{file} cannot be written: {reason}.',
  fileExists: '{file} is one of the input files. Choose another name for the report.',
  terminalInput: 'Reading a list of devices from standard input. Press Ctrl+D to end it.',
  columnsIgnored: '{file}: columns ignored: {columns}.',
  hashUsable: 'usable',
  hashSameDevice: 'The same device as line {where}.',
  noHashes: '{file} contains no hardware hashes.',
  hashesUnwrapped:
    '{file}: {count} hardware {count:hash was|hashes were} encoded differently (for example, in base64 twice) and {count:was|were} decoded. First one: line {line}.',
  rowsSkipped:
    '{file}: skipped {count} {count:line that does not|lines that do not} list a device (line {lines}).',
  fileRefused: 'Nothing was uploaded. Correct {count} {count:line|lines}, then upload the file again:',
  fileRefusedMore: 'and {count} more.',

  findingsMore: '... and {count} more. Use --check to show all of them.',
  uploadStoppedByFindings: 'Nothing was uploaded, because some rows have values that may be wrong. {hint}',
  uploadWouldStop: 'Correct these values. To upload them as they are, use {options}.',
  stopTrustHash: 'To use the values in the hardware hashes instead, use --trust-hash.',
  askTrustHash: 'Use the values in the hardware hashes for {count} {count:device|devices}?',
  askUploadAnyway: 'Upload the values as they are?',

  // Upload and status
  uploadStarting: 'Uploading {count} {count:device|devices} to batch "{batch}"',
  uploadRunning: 'Another process is already running this upload (journal {file}).',
  jobRemovesDevices: 'removal {batch}',
  removalPreview: '{count} {count:device|devices} to remove, {stayCount} that {stayCount:stays|stay}',
  confirmRemoval: 'Remove {count} {count:device|devices}?',
  dryRunStarting:
    'Dry run: asking what an upload of {count} {count:device|devices} to batch "{batch}" would do',
  dryRunEnded: 'Dry run: nothing was uploaded. An upload of the same file now would have these results.',
  dryRunUnavailable:
    'This service has no dry run: it would have uploaded the devices. Nothing was sent. Use --check to check the files only.',
  dryRunInterrupted: 'The dry run ended early, after {done} of {count} devices. Nothing was uploaded.',
  uploadStopped:
    'Stopped. {done} of {count} {count:device is|devices are} accepted. Nothing is lost; resume with:',
  uploadUncertain:
    '{count} {count:device was|devices were} sent again after more than a day without a response, and {count:was|were} then reported as already assigned. This upload may itself have registered {count:it|them}.',
  uploadInterrupted:
    'Interrupted. {done} of {count} {count:device is|devices are} accepted. Nothing is lost; resume with:',
  uploadStillRunning:
    'Still running after {duration}: {done} of {count} {count:device is|devices are} accepted. Continue with:',
  uploadAccepted: '{count} {count:device|devices} accepted. To see the results, run:',
  trackingIds: 'Batch tracking IDs:',
  moreTrackingIds: '... and {count} more. Use --json or --tracking-ids FILE to get all of them.',
  uploadStatus: 'To see the status of the first job, run:',
  journalNotOne: 'The file specified with --journal is not an upload journal. Choose another file.',
  journalOther:
    'The journal belongs to an upload to another service, customer or batch. Choose another file with --journal FILE.',
  journalInput:
    'The journal belongs to another upload: the input has changed since it was written. Choose another file with --journal FILE.',
  partRefused:
    'The request with devices {first} to {last} was refused ({status}): {description} [request ID {requestId}]',
  journalUnwritable:
    'The journal {file} cannot be written: {reason}. Specify another location with --journal FILE.',
  summaryTitle: '{count} {count:device|devices}: {succeeded} succeeded, {failed} failed',
  outcomeFinished: 'finished',
  statusLine: 'Job {trackingId}: {status}',
  jobLine: 'Customer {customer}, batch {batch}, created {createdAt} by {createdBy}',
  jobUpdatesPolicies: '(policies)',
  statusQueued: 'queued',
  statusProcessing: 'processing',
  statusFinished: 'finished',
  statusFinishedWithErrors: 'failed',
  statusUnknown: 'unknown',
  moreRows:
    '... {count} more {count:row|rows}. Use --report FILE to write all failed rows, or --json to print everything.',
  reportWritten:
    '{count} failed {count:row|rows} written to {file}. Correct {count:it|them}, then upload that file.',
  reportLeftOut:
    '{count} {count:row is|rows are} not in the report, because nothing needs to be corrected: the {count:device is|devices are} already registered, or listed more than once.',
  reportSettled: 'No row needs to be corrected, so {file} was not written.',
  reportEmpty: 'No rows failed, so {file} was not written.',
  reportMissing:
    'The upload is finished, but the report could not be written. To write it without uploading again, run:',
  missingColumns: 'Missing in this row: {missing}.',
  unknownRemedy: "See the service's documentation for this error name.",

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
  columnTime: 'TIME',
  columnActor: 'ACTOR',
  columnOperation: 'OPERATION',
  columnResult: 'RESULT',
  columnAddress: 'ADDRESS',
  columnDetails: 'DETAILS',
  deviceLine: 'Device {id}: {serial} {makeModel}, customer {customer}, batch {batch}, policy {policy}',
  deviceRemovedAt: 'The device was removed on {time}.',
  deviceRegistered: 'registered',
  deviceUploadRefused: 'uploaded again',
  devicePolicyChanged: 'policy changed',
  deviceMoved: 'moved',
  deviceWasRemoved: 'removed',
  noPolicy: 'none',
  columnEvent: 'EVENT',
  columnBy: 'BY',
  columnRegistered: 'REGISTERED',
  columnTrackingId: 'TRACKING ID',
  columnState: 'STATE',
  columnCustomer: 'CUSTOMER',
  columnFailed: 'FAILED',
  columnCreated: 'CREATED',
  columnCreatedBy: 'CREATED BY',
  columnPolicyId: 'POLICY ID',
  columnName: 'NAME',
  columnSettings: 'SETTINGS',
  columnCustomerId: 'CUSTOMER ID',
  customerClaimed: 'first use',
  columnDomain: 'DOMAIN',
  nothingFound: 'No items found.',

  // Check
  checkError: 'error',
  checkWarning: 'warning',
  checkSummary: '{count} {count:device|devices} read: {errors} would fail, {warnings} with a warning.',
  checkNothingUploaded: ' Nothing was uploaded.',

  // Policies, devices
  policyCreated: 'Policy {id} created.',
  policyUpdated: 'Policy {id} updated.',
  policyDeleted: 'Policy {id} deleted.',
  confirmDeletePolicy: 'Delete policy {id}?',
  confirmRemoveDevices: 'Remove {count} {count:device|devices} in batch "{batch}" from the customer?',
  deviceNotFound: 'Device {id} is not in the batch.',
  deviceRemoved: 'Device {id} removed.',
  assignStarting: 'Assigning the policy to {count} {count:device|devices}',
  serialNotFound:
    'The customer, or the batch given with --batch, has no device with the serial number "{serial}".',
  serialNotUnique:
    'Several devices of the customer have the serial number "{serial}". Use one of their IDs: {ids}.',
  findBy:
    'Specify exactly one: a serial number, --prefix, --product-key, --id, or --hash. See muster help devices find.',
  noDevicesGiven:
    'No devices specified. Specify device IDs or serial numbers, or use --all for every device in the batch.',
  assignNeedsPolicy: 'Specify --policy ID or --unassign.',

  // Webhooks
  all: 'all',
  webhookEnabled: 'enabled',
  webhookFailing: 'failing now',
  webhookQueued: 'The event is going to be sent. See the deliveries of the endpoint for the result.',
  webhookRemoved: 'Webhook endpoint {id} removed.',
  confirmRemoveWebhook: 'Remove webhook endpoint {id} and its deliveries?',
  columnUrl: 'URL',
  columnEvents: 'EVENTS',
  columnEventId: 'EVENT ID',
  columnAttempts: 'ATTEMPTS',
  columnResponse: 'RESPONSE',
  columnNextAttempt: 'NEXT ATTEMPT',

  // Login
  askUrl: 'Base URL of the service: ',
  askTenantId: 'Tenant ID: ',
  askClientId: 'Client ID: ',
  askClientSecret: 'Client secret (not shown): ',
  askCustomerId: 'Default customer ID (optional): ',
  loginNeedsTerminal: 'There is no interactive terminal to ask at. Specify {names}.',
  loginChecked: 'Signed in.',
  loginStored: 'Saved to {file}, which only you can read.',
  loginDeviceCode: 'Open {url} and enter the code {code}',
  loginRemoved: 'The stored sign-in was removed.',

  // Administration
  noAdminConnection:
    'Not connected as an administrator. Specify --admin-credentials FILE (the service writes admin-credentials.json to its data directory), or set MUSTER_URL and MUSTER_ADMIN_SECRET.',
  adminRefused: 'The service does not recognize this administrator: {description}',
  askRoles: 'Roles ({choices}): ',
  badCount: '{option}: "{value}" is not a whole number.',
  confirmAdmin: 'This cannot be undone: {command}. Continue?',
  adminDone: 'Done.',
  secretShownOnce: 'Save the secret now. It cannot be shown again.',
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
  columnMfa: 'MFA',
  columnExpires: 'EXPIRES',

  // Api, scenarios
  badPath: '"{path}" is not a valid API path such as /v1/customers.',
  badHeader: '"{header}" is not a valid header such as If-Match: "abc".',
  scenariosTitle: 'Device deployment scenarios',
  scenariosChoose: 'Enter a number or name, or press Enter to exit: ',
  scenariosUnknown: 'There is no scenario "{name}". Run "muster scenarios" to list them.',
  scenarioInputMissing: 'Scenario {scenario} requires --set {name}=VALUE.',
  scenarioRequest: 'Request',
  scenarioResponse: 'Response',
  badSetting: '--set "{value}" must have the form NAME=VALUE.',
  unknownInput: 'Scenario {scenario} has no input "{name}". Its inputs are: {names}.',

  // Help
  helpTitle:
    'muster: registers devices for zero-touch deployment in bulk and reports the result for each device.',
  helpHeading: '{title}:',
  helpUsage: 'Usage: {words}',
  helpCommands: 'Commands',
  helpActions: 'Actions',
  helpOptions: 'Options',
  helpConnection: 'Connection options',
  helpGeneral: 'General options',
  helpExample: 'Examples',
  helpOutput: 'Output with --json',
  helpMore:
    'For help on a command, run: muster COMMAND --help. For the exit codes, run: muster help exit-codes.',

  // Exit codes
  exitFinished: 'success: the command completed, and every device succeeded',
  exitError: 'error: an invalid input file, an unreachable service or a refused request',
  exitUsage: 'invalid command line',
  exitFailedDevices: 'completed, but at least one device failed',
  exitAuthentication: 'credentials are missing or were refused',
  exitStillRunning: 'still running when the timeout expired, or when the status was read without --wait',
  exitInterrupted: 'interrupted by Ctrl+C or a termination signal',
} as const;
