/** What the service logs with: pino's shape. Never give it a secret, a token or a hardware hash. */
export interface Log {
  debug(details: object, message?: string): void;
  info(details: object, message?: string): void;
  warn(details: object, message?: string): void;
  error(details: object, message?: string): void;
}
