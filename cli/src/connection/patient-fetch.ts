import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';

/**
 * A `fetch` that says when there is no answer: the SDK tries again for a while, and silence would look like a hang.
 * Once an outage, not once a try.
 */
export function createPatientFetch(io: Io, say: Say): typeof fetch {
  let isOut = false;
  return async (input, init) => {
    try {
      const response = await io.fetch(input, init);
      isOut = false;
      return response;
    } catch (fault) {
      if (!isOut && !init?.signal?.aborted) {
        isOut = true;
        const { origin } = new URL(input instanceof Request ? input.url : input);
        // Over a bar that may stand on this line.
        const erase = io.stderr.isTTY ? '\r\u001b[2K' : '';
        await io.stderr.write(`${erase}${say('tryingAgain', { origin })}\n`);
      }
      throw fault;
    }
  };
}
