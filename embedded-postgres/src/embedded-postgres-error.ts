/** The embedded PostgreSQL cannot be used. The message is for the operator: one line that says what to do. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

/** Another live Muster service holds this data directory. */
export class DataDirectoryInUseError extends EmbeddedPostgresError {
  override name = 'DataDirectoryInUseError';

  constructor(dataDirectory: string) {
    super(
      `Another Muster service is using the data directory ${dataDirectory}. ` +
        'Stop that service, or start this one with another --data-dir (MUSTER_DATA_DIR).',
    );
  }
}
