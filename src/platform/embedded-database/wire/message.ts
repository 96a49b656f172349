import { serialize } from 'bson';
import { type Doc, readExact, readPlain } from '../document.ts';

/** MongoDB's limit for one message. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
/** The first 16 bits a server must understand or refuse. */
const KNOWN_FLAGS = CHECKSUM | MORE_TO_COME;

/** One command. `raw` is the whole message. `sequences` are the documents sent beside it (kind 1), as bytes. `answers`: how its reply goes on the wire; null
 *  when the caller wants none. */
export type Message = { raw: Buffer; body: Buffer; sequences: Map<string, Buffer[]>; answer: ((reply: Buffer) => Buffer) | null };

/** Takes the whole messages off the front of what has arrived. Throws on anything that is no message: the connection is lost. */
export function takeMessages(arrived: Buffer): { messages: Message[]; rest: Buffer } {
  const messages: Message[] = [];
  let rest = arrived;
  while (rest.length >= 4) {
    const length = rest.readInt32LE(0);
    if (length < HEADER + 5 || length > MAX_MESSAGE_BYTES) throw new Error(`a message of ${length} bytes`);
    if (rest.length < length) break;
    messages.push(readMessage(rest.subarray(0, length)));
    rest = rest.subarray(length);
  }
  return { messages, rest };
}

/** The command for computing, without the documents sent beside it. */
export function plainCommand({ body }: Message): Doc {
  return readPlain(body);
}

/** The same with every type of number kept. */
export function exactCommand({ body, sequences }: Message): Doc {
  const read = (bytes: Buffer) => readExact(bytes, false);
  return { ...read(body), ...Object.fromEntries([...sequences].map(([name, documents]) => [name, documents.map(read)])) };
}

/** A reply with a field of raw documents, which are not read and written again: `{ cursor: { firstBatch: [...], id, ns }, ok: 1 }`. */
export function cursorReply(batchName: string, documents: Buffer[], cursor: Doc): Buffer {
  const array = wrapped(documents.map((bytes, at) => element(0x03, String(at), bytes)));
  const inner = wrapped([serialize(cursor).subarray(4, -1), element(0x04, batchName, array)]);
  return wrapped([element(0x03, 'cursor', inner), serialize({ ok: 1 }).subarray(4, -1)]);
}

function readMessage(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const opCode = bytes.readInt32LE(12);
  if (opCode === OP_MSG) return readOpMsg(bytes, requestId);
  if (opCode === OP_QUERY) return readOpQuery(bytes, requestId);
  throw new Error(`operation code ${opCode}`);
}

function readOpMsg(bytes: Buffer, requestId: number): Message {
  const flags = bytes.readUInt32LE(HEADER);
  if ((flags & 0xffff & ~KNOWN_FLAGS) !== 0) throw new Error(`flag bits ${flags}`);
  const end = bytes.length - (flags & CHECKSUM ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | null = null;
  for (let at = HEADER + 4; at < end; ) {
    const kind = bytes[at];
    const section = bytes.subarray(at + 1, at + 1 + sizeAt(bytes, at + 1, end));
    if (kind === 0 && !body) body = section;
    else if (kind === 1) readSequence(section, sequences);
    else throw new Error(`section kind ${kind}`);
    at += 1 + section.length;
  }
  if (!body) throw new Error('a message without a command');
  const answer = flags & MORE_TO_COME ? null : (reply: Buffer) => framed(requestId, OP_MSG, Buffer.alloc(5), reply);
  return { raw: bytes, body, sequences, answer };
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new Error('a document sequence without a name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = sizeAt(section, at, section.length);
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(section.toString('utf8', 4, nameEnd), documents);
}

/** Only the first hello of a connection still comes this way; everything after it is OP_MSG. */
function readOpQuery(bytes: Buffer, requestId: number): Message {
  const nameEnd = bytes.indexOf(0, HEADER + 4);
  const start = nameEnd + 9;
  if (nameEnd < 0 || !bytes.toString('utf8', HEADER + 4, nameEnd).endsWith('.$cmd')) throw new Error('a query of the old protocol');
  const body = bytes.subarray(start, start + sizeAt(bytes, start, bytes.length));
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return { raw: bytes, body, sequences: new Map(), answer: (reply) => framed(requestId, OP_REPLY, head, reply) };
}

function sizeAt(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new Error(`a document of ${size} bytes`);
  return size;
}

let lastReply = 0;

function framed(requestId: number, opCode: number, head: Buffer, reply: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + head.length + reply.length, 0);
  lastReply = (lastReply + 1) % 2 ** 31;
  header.writeInt32LE(lastReply, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, head, reply]);
}

function element(type: number, name: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), bytes]);
}

function wrapped(parts: Uint8Array[]): Buffer {
  const size = Buffer.alloc(4);
  const whole = Buffer.concat([size, ...parts, Buffer.from([0])]);
  whole.writeInt32LE(whole.length, 0);
  return whole;
}
