import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Server } from 'node:http';

/** A process of the benchmark's own: load, or a limit. It answers one message after the other. */
export interface Program {
  ask<Reply>(message: object): Promise<Reply>;
  stop(): Promise<void>;
}

/** Starts a program of this folder's tree, `load/read-load.ts` say. See `answerParent` for its side. */
export async function startProgram(path: string): Promise<Program> {
  const child = fork(fileURLToPath(new URL(`../${path}`, import.meta.url)), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Large answers of many numbers go over as they are, and bodies never do.
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  await once(child, 'message');
  return {
    async ask(message) {
      child.send(message);
      const [reply] = (await Promise.race([
        once(child, 'message'),
        exited.then(([code]) => [{ error: `it ended with ${String(code)}` }]),
      ])) as [Reply];
      if (reply.error !== undefined) throw new Error(`${path}: ${reply.error}`);
      return reply.value as never;
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

/** A program's side: answers each message by `answer`, and ends when the benchmark does or lets it go. */
export function answerParent<Message>(answer: (message: Message) => Promise<unknown>): void {
  process.on('message', (message: Message) => {
    answer(message).then(
      (value) => send({ value }),
      (error: unknown) => send({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  send({});
}

interface Reply {
  readonly value?: unknown;
  readonly error?: string;
}

function send(reply: Reply): void {
  process.send?.(reply);
}

/** Listens on this machine and gives the port. */
export async function listenOnAnyPort(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The limit has no port.');
  return address.port;
}
