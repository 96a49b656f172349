import { Binary, type BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { isPlain } from '../document.ts';
import { decimalKey, doubleKey, longKey } from './number-order.ts';

/** First byte of each encoded value: MongoDB's order of types. Missing counts as null; an empty array counts as undefined. */
const TAG = {
  min: 1,
  undefined: 2,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  max: 127,
} as const;

const END = Buffer.from([0]);

/** Encodes any BSON value so that comparing bytes compares values as MongoDB does, and no encoding is the start of another.
 *  Source: MongoDB manual, "BSON comparison order". */
export function encodeValue(value: unknown): Buffer {
  const parts: Uint8Array[] = [];
  append(value, parts);
  return Buffer.concat(parts);
}

export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b)) return Math.sign(a - b) || 0;
  return Buffer.compare(encodeValue(a), encodeValue(b));
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return false;
  return encodeValue(a).equals(encodeValue(b));
}

function append(value: unknown, parts: Uint8Array[]): void {
  if (value === undefined || value === null) parts.push(tag(TAG.null));
  else if (typeof value === 'number') parts.push(tag(TAG.number), doubleKey(value));
  else if (typeof value === 'string') parts.push(tag(TAG.string), text(value));
  else if (typeof value === 'boolean') parts.push(tag(TAG.boolean), Buffer.from([Number(value)]));
  else if (typeof value === 'bigint') parts.push(tag(TAG.number), longKey(value));
  else if (value instanceof Date) parts.push(tag(TAG.date), signed(BigInt(value.getTime() || 0)));
  else if (value instanceof RegExp) parts.push(tag(TAG.regex), text(value.source), text(value.flags));
  else if (Array.isArray(value)) appendArray(value, parts);
  else if (isPlain(value)) appendObject(value, parts);
  else appendBson(value, parts);
}

function appendArray(value: unknown[], parts: Uint8Array[]): void {
  parts.push(tag(TAG.array));
  for (const item of value) append(item, parts);
  parts.push(END);
}

function appendObject(value: Record<string, unknown>, parts: Uint8Array[]): void {
  parts.push(tag(TAG.object));
  for (const [name, field] of Object.entries(value)) {
    const encoded = encodeValue(field);
    parts.push(encoded.subarray(0, 1), text(name), encoded);
  }
  parts.push(END);
}

/** bson's own classes, told apart by its type mark so that another copy of bson is understood too. */
function appendBson(value: object, parts: Uint8Array[]): void {
  const type = '_bsontype' in value ? value._bsontype : undefined;
  if (value instanceof Double || value instanceof Int32) parts.push(tag(TAG.number), doubleKey(value.valueOf()));
  else if (value instanceof Timestamp) parts.push(tag(TAG.timestamp), unsigned(value.toBigInt()));
  else if (value instanceof Long) parts.push(tag(TAG.number), longKey(value.toBigInt()));
  else if (value instanceof Decimal128) parts.push(tag(TAG.number), decimalKey(value.toString()));
  else if (value instanceof ObjectId) parts.push(tag(TAG.objectId), value.id);
  else if (value instanceof Binary) parts.push(tag(TAG.binary), ...binary(value.value(), value.sub_type));
  else if (value instanceof Uint8Array) parts.push(tag(TAG.binary), ...binary(value, 0));
  else if (type === 'BSONRegExp') appendPattern(value, parts);
  else if (type === 'MinKey') parts.push(tag(TAG.min));
  else if (type === 'MaxKey') parts.push(tag(TAG.max));
  else parts.push(tag(TAG.code), text(JSON.stringify(value)));
}

function appendPattern(value: object, parts: Uint8Array[]): void {
  const { pattern, options } = value as BSONRegExp; // its type mark says so
  parts.push(tag(TAG.regex), text(pattern), text(options));
}

/** UTF-8 with zero bytes escaped, then a terminator lower than any character. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  if (!bytes.includes(0)) return Buffer.concat([bytes, Buffer.from([0, 1])]);
  const escaped = [...bytes].flatMap((byte) => (byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.from([...escaped, 0, 1]);
}

function tag(value: number): Buffer {
  return Buffer.from([value]);
}

/** Binary values compare by length, then subtype, then bytes. */
function binary(bytes: Uint8Array, subtype: number): Uint8Array[] {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length);
  head[4] = subtype;
  return [head, bytes];
}

function signed(value: bigint): Buffer {
  return unsigned(value + 2n ** 63n);
}

function unsigned(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

/** What an empty array is in an index and in a sort. */
export const UNDEFINED_KEY = Buffer.from([TAG.undefined]);
