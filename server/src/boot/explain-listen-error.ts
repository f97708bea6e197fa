/** Why the service cannot listen, and what to do about it, in one line. Other errors are returned unchanged. */
export function explainListenError(error: unknown, place: { host: string; port: number }): unknown {
  const { host, port } = place;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return explained(
        `Port ${port} of ${host} is in use. Stop the program that listens there, or start with another --port (MUSTER_PORT).`,
        error,
      );
    case 'EACCES':
      return explained(
        `Port ${port} of ${host} is not open to this account. Start with a --port (MUSTER_PORT) of 1024 or more.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return explained(
        `"${host}" is no address of this machine. Start with another --host (MUSTER_HOST): 127.0.0.1, for one.`,
        error,
      );
    default:
      return error;
  }
}

function explained(message: string, cause: unknown): Error {
  return new Error(message, { cause });
}
