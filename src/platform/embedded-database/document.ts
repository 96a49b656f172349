import { BSONRegExp, Double, deserialize, Int32, serialize } from 'bson';

/** A document as read from BSON; unknown until somebody looks. */
export type Doc = Record<string, unknown>;

/** For computing: numbers, dates and patterns as JavaScript has them. */
export function readPlain(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteBuffers: false });
}

/** For reading and answering: every BSON type is kept, but a number is a JavaScript one wherever `toBytes` gives it its own type again:
 *  an Int32, and a Double that is no Int32. Patterns of a command stay JavaScript's, which filters are written with. */
export function readExact(bytes: Uint8Array, bsonRegExp = true): Doc {
  return simplify(readTyped(bytes), !bsonRegExp);
}

/** In place: this runs for every document looked at. */
function simplify<T extends Doc | unknown[]>(node: T, patterns: boolean): T {
  const fields = node as Doc; // an array's elements are fields here
  for (const name in fields) {
    const value = fields[name];
    if (typeof value !== 'object' || value === null) continue;
    if (value instanceof Int32) fields[name] = value.value;
    else if (value instanceof Double) fields[name] = exactDouble(value.value);
    else if (patterns && value instanceof BSONRegExp) fields[name] = new RegExp(value.pattern, value.options.replace(/[^imsu]/g, ''));
    else if (Array.isArray(value) || isPlain(value)) simplify(value, patterns);
  }
  return node;
}

/** A double as `readExact` has it. */
export function exactDouble(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** For storing again: every BSON type is kept (Int32, Double, Long, patterns with their flags). */
export function readTyped(bytes: Uint8Array): Doc {
  return deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
}

export function toBytes(document: Doc): Buffer {
  return Buffer.from(serialize(document, { ignoreUndefined: true, checkKeys: false }));
}

export function isPlain(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The one place that hands an untyped value on as a document: the caller's command says it is one. */
export function asDoc(value: unknown): Doc {
  return isPlain(value) ? value : {};
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A number of a command, whichever BSON type the driver chose. */
export function asNumber(value: unknown, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  const number = Number(value);
  return Number.isNaN(number) ? otherwise : number;
}
