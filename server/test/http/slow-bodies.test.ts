import assert from 'node:assert/strict';
import { connect, type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import Fastify from 'fastify';
import { answerUnreadableRequest } from '../../src/apis/partner-center/unroutable-request.ts';
import { cutSlowBodies } from '../../src/http/slow-bodies.ts';

const app = Fastify({ clientErrorHandler: answerUnreadableRequest });
cutSlowBodies(app, { graceMs: 300, bytesPerSecond: 1024, checkEveryMs: 20 });
app.post('/read', async (request) => ({ length: JSON.stringify(request.body).length }));
app.post(
  '/refused',
  { onRequest: async (_request, reply) => reply.code(401).header('Connection', 'keep-alive').send({}) },
  async () => ({}),
);
await app.listen({ host: '127.0.0.1', port: 0 });
after(() => app.close());

/** Announces 100 pieces and sends one every 10 ms, until all are sent or the connection is cut. Gives what was answered. */
async function sendPieces(path: string, piece: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const head = ['Host: x', 'Connection: close', 'Content-Type: application/json'];
  socket.write(
    `POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\nContent-Length: ${piece.length * 100}\r\n\r\n`,
  );
  let left = 100;
  const timer = setInterval(() => {
    if (left > 0) socket.write(piece);
    left -= 1;
  }, 10);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => {});
  // `once` would reject at a reset, which is one way to be cut.
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(timer);
  return answer;
}

test('a body that comes by the drop is answered 400 and its connection is cut', async () => {
  const answer = await sendPieces('/read', '1');
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.match(answer, /took too long to arrive/);
});

test('a body that is thrown away because its request was refused cannot hold the connection either', async () => {
  const answer = await sendPieces('/refused', '1');
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1);
});

test('a body that comes slowly but steadily is read to its end', async () => {
  assert.match(await sendPieces('/read', '1'.repeat(100)), /^HTTP\/1\.1 200 /);
});
