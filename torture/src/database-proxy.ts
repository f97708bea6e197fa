import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A proxy in front of PostgreSQL that does to its connections what networks do. */
export interface DatabaseProxy {
  /** The database behind it, by way of the proxy. */
  readonly url: string;
  /** From now on nothing passes in either direction, and new connections get no answer. */
  freeze(): void;
  /** What was held back passes again. */
  thaw(): void;
  /** Cuts each connection right after a message with this text has gone out; null: no more. */
  cutAt(text: string | null): void;
  /** Cuts every connection, and leads new ones to another database. */
  leadTo(databaseUrl: string): void;
  /** Cuts every connection now. */
  cutAll(): void;
  /** Holds back everything that the database says for so long. Milliseconds. */
  delayBy(ms: number): void;
  close(): void;
}

/** What the proxy does at the moment. */
interface State {
  /** Resolves when bytes may pass. */
  thawed: PromiseWithResolvers<void>;
  cutText: string | null;
  delayMs: number;
  databaseUrl: string;
}

/** Starts a proxy on a free port of the loopback address. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const state: State = { thawed: Promise.withResolvers(), cutText: null, delayMs: 0, databaseUrl };
  state.thawed.resolve();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const backend = connectTo(state.databaseUrl);
    for (const socket of [client, backend]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('close', () => backend.destroy());
    backend.on('close', () => client.destroy());
    void passStatements(client, backend, state);
    void passResults(backend, client, state);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    freeze: () => void (state.thawed = Promise.withResolvers()),
    thaw: () => state.thawed.resolve(),
    cutAt: (text) => void (state.cutText = text),
    leadTo(next) {
      state.databaseUrl = next;
      cutAll();
    },
    cutAll,
    delayBy: (ms) => void (state.delayMs = ms),
    close() {
      state.thawed.resolve();
      server.close();
      cutAll();
    },
  };
}

function connectTo(databaseUrl: string): Socket {
  const url = new URL(databaseUrl);
  const folder = url.searchParams.get('host');
  const port = Number(url.port || 5432);
  return folder ? connect(`${folder}/.s.PGSQL.${port}`) : connect(port, url.hostname);
}

/** The statement goes out before the connection breaks: whether it was done, the client cannot know. */
async function passStatements(client: Socket, backend: Socket, state: State): Promise<void> {
  try {
    for await (const chunk of client as AsyncIterable<Buffer>) {
      await state.thawed.promise;
      backend.write(chunk);
      if (state.cutText !== null && chunk.includes(state.cutText)) client.destroy();
    }
    backend.end();
  } catch {
    backend.destroy();
  }
}

async function passResults(backend: Socket, client: Socket, state: State): Promise<void> {
  try {
    for await (const chunk of backend as AsyncIterable<Buffer>) {
      if (state.delayMs > 0) await delay(state.delayMs);
      await state.thawed.promise;
      client.write(chunk);
    }
    client.end();
  } catch {
    client.destroy();
  }
}
