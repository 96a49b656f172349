import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Document, deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../../src/platform/embedded-database/index.ts';

const OP_QUERY = 2004;
const OP_MSG = 2013;
let folder = '';
let database: EmbeddedDatabase;
let client: MongoClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
  database = await startEmbeddedDatabase(folder);
  client = await MongoClient.connect(database.uri);
});
afterAll(async () => {
  await client.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

function int32(...values: number[]): Buffer {
  return Buffer.from(Int32Array.from(values).buffer);
}
function framed(id: number, code: number, ...parts: Uint8Array[]): Buffer {
  const rest = Buffer.concat(parts);
  return Buffer.concat([int32(16 + rest.length, id, 0, code), rest]);
}
function message(id: number, command: Document, flags = 0, ...sections: Uint8Array[]): Buffer {
  const checksum = Buffer.alloc(flags & 1 ? 4 : 0);
  return framed(id, OP_MSG, int32(flags), Buffer.from([0]), serialize({ ...command, $db: 'wire' }), ...sections, checksum);
}
function sequence(name: string, documents: Document[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => serialize(document))]);
  return Buffer.concat([Buffer.from([1]), int32(content.length + 4), content]);
}

/** A bare connection. `reply`: the next message as its answered id and its document. */
function dial() {
  const socket = connect(join(folder, 'mongo.sock')).on('error', () => {});
  let arrived = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    arrived = Buffer.concat([arrived, chunk]);
    socket.emit('more');
  });
  const reply = async (): Promise<{ to: number; document: Document }> => {
    while (arrived.length < 4 || arrived.length < arrived.readInt32LE(0)) await once(socket, 'more');
    const whole = arrived.subarray(0, arrived.readInt32LE(0));
    arrived = arrived.subarray(whole.length);
    return { to: whole.readInt32LE(8), document: deserialize(whole.subarray(whole.readInt32LE(12) === OP_MSG ? 21 : 36)) };
  };
  return { socket, reply };
}
async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}
const alive = async () => expect((await client.db('wire').command({ ping: 1 })).ok).toBe(1);

test('document sequences, checksums, several messages at once, one in single bytes: all are answered in their order', async () => {
  const { socket, reply } = dial();
  const sent = [
    message(1, { insert: 'a' }, 0, sequence('documents', [{ _id: 1 }, { _id: 2 }])),
    message(2, { insert: 'a' }, 1, sequence('documents', [{ _id: 3 }])),
    message(3, { count: 'a', query: {} }),
  ];
  socket.write(Buffer.concat(sent));
  expect([await reply(), await reply(), await reply()]).toMatchObject([
    { to: 1, document: { n: 2, ok: 1 } },
    { to: 2, document: { n: 1, ok: 1 } },
    { to: 3, document: { n: 3, ok: 1 } },
  ]);
  for (const byte of message(4, { ping: 1 })) {
    socket.write(Buffer.from([byte]));
    await wait(0);
  }
  expect(await reply()).toMatchObject({ to: 4, document: { ok: 1 } });
  socket.destroy();
});

test('a command that wants no reply gets none and is done; the hello of old drivers is answered in its own form', async () => {
  const { socket, reply } = dial();
  const hello = framed(7, OP_QUERY, int32(0), Buffer.from('admin.$cmd\0'), int32(0, -1), serialize({ isMaster: 1, helloOk: true }));
  socket.write(Buffer.concat([message(5, { insert: 'quiet', documents: [{ _id: 1 }] }, 2), message(6, { ping: 1 }), hello]));
  expect([await reply(), await reply()]).toMatchObject([{ to: 6 }, { to: 7, document: { ismaster: true, ok: 1 } }]);
  expect(await client.db('wire').collection('quiet').countDocuments()).toBe(1);
  socket.destroy();
});

test('what is no message ends its own connection and no other', async () => {
  const documentOf = (size: number) => framed(1, OP_MSG, int32(0), Buffer.from([0]), int32(size), Buffer.alloc(20));
  const hostile = [
    Buffer.alloc(64),
    int32(2 ** 31 - 1, 1, 0, OP_MSG),
    int32(48_000_001, 1, 0, OP_MSG),
    int32(-5, 1, 0, OP_MSG),
    framed(1, OP_MSG, Buffer.alloc(16)),
    framed(1, OP_QUERY, Buffer.alloc(16)),
    framed(1, 1, Buffer.alloc(16)),
    documentOf(2 ** 31 - 1),
    documentOf(-1),
    documentOf(4),
    message(1, { ping: 1 }, 4),
    message(1, { ping: 1 }, 0, Buffer.from([9, 1, 2, 3])),
    message(1, { ping: 1 }, 0, Buffer.concat([Buffer.from([1]), int32(9), Buffer.from('abcdefgh')])),
    framed(1, OP_MSG, int32(0), sequence('documents', [{ a: 1 }])),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  ];
  for (const bytes of hostile) {
    const { socket } = dial();
    socket.write(bytes);
    await closed(socket);
    await alive();
  }
});

test('a message with any bytes changed is answered or refused, and the next client is served', async () => {
  const whole = message(1, { find: 'a', filter: { _id: { $gt: 0 } }, limit: 1 }, 0, sequence('more', [{ a: [1, 'b', null] }]));
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(changes, async (bytes) => {
      const broken = Buffer.from(whole);
      for (const [at, value] of bytes) broken[at] = value;
      const { socket } = dial();
      socket.end(broken);
      await closed(socket);
      await alive();
    }),
    { numRuns: 300 },
  );
});
