/** The promise's result, or the signal's reason as soon as it is aborted. The promise itself goes on. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  // A signal of its own: Node warns of a leak when many wait on one.
  const own = AbortSignal.any([signal]);
  const onAbort = () => reject(own.reason);
  own.addEventListener('abort', onAbort);
  if (own.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    own.removeEventListener('abort', onAbort);
  }
}
