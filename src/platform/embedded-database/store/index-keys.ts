import { createHash } from 'node:crypto';
import { CommandError } from '../command-error.ts';
import type { Doc } from '../document.ts';
import { encodeValue, UNDEFINED_KEY } from '../values/value-order.ts';

/** lmdb takes keys of up to 1,978 bytes; longer ones are cut and told apart by their hash. */
export const MAX_KEY = 1024;

export type IndexKey = { values: unknown[]; bytes: Buffer };
/** One field of an index on its way through a document. `opened`: the node is an element of an array just opened; `many`: one was;
 *  `through`: the array an element was taken from by its number. */
type Walk = { node: unknown; path: string[]; opened: boolean; empty: boolean; many: boolean; through?: unknown };

/** Every key a document has in an index on `pattern`: one, or one for each element of an array on the way.
 *  Refuses with 171 when two fields lead through different arrays, as MongoDB does; in a sort the code is 2. */
export function keysOf(document: Doc, pattern: Doc, refusal = 171): { keys: IndexKey[]; multikey: boolean; missing: boolean } {
  const paths = Object.keys(pattern);
  const rows = expand(
    paths.map((path) => ({ node: document, path: path.split('.'), opened: false, empty: false, many: false })),
    refusal,
  );
  const directions = Object.values(pattern);
  const keyOf = (row: Walk[]): IndexKey => ({
    values: row.map(({ node }) => node ?? null),
    bytes: Buffer.concat(row.map(({ node, empty }, at) => directed(empty ? UNDEFINED_KEY : encodeValue(node), directions[at]))),
  });
  const keys = rows.map(keyOf);
  const distinct = keys.length < 2 ? keys : [...new Map(keys.map((key) => [key.bytes.toString('latin1'), key])).values()];
  const missing = rows.every((row) => row.every(({ node, empty }) => node === undefined && !empty));
  return { keys: distinct, multikey: rows.some((row) => row.some(({ many }) => many)), missing };
}

export function directed(encoded: Buffer, direction: unknown): Buffer {
  return Number(direction) < 0 ? Buffer.from(encoded.map((byte) => 0xff - byte)) : encoded;
}

/** The key as stored: whole, or its start and a hash. */
export function storedKey(bytes: Buffer): Buffer {
  if (bytes.length <= MAX_KEY) return bytes;
  return Buffer.concat([bytes.subarray(0, MAX_KEY), createHash('sha256').update(bytes).digest()]);
}

function expand(row: Walk[], refusal: number): Walk[][] {
  const walked = row.map(walk);
  if (!walked.some(({ node, through }) => through !== undefined || Array.isArray(node))) return [walked];
  const arrays = new Set(
    walked.filter(({ node, opened, path }) => Array.isArray(node) && !(opened && path.length === 0)).map(({ node }) => node),
  );
  // An array entered by a number counts as one the field leads through, too.
  const entered = new Set(walked.map(({ through, node }) => through ?? (arrays.has(node) ? node : undefined)).filter(Array.isArray));
  if (entered.size > 1) throw new CommandError(refusal, 'cannot index parallel arrays');
  if (arrays.size === 0) return [walked];
  const [array] = arrays;
  const items = Array.isArray(array) ? array : [];
  if (items.length === 0) return [walked.map((field) => (field.node === array ? closed(field) : field))];
  return items.flatMap((item) => {
    const inside = walked.map((field) => (field.node === array ? { ...field, node: item, opened: true, many: true } : field));
    // An array inside an array is a value of its own, unless a name still leads into it.
    return expandNested(inside, refusal);
  });
}

function expandNested(row: Walk[], refusal: number): Walk[][] {
  const further = row.map((field) => (Array.isArray(field.node) && field.path.length > 0 ? { ...field, node: intoNested(field) } : field));
  return expand(further, refusal);
}

function intoNested({ node, path }: Walk): unknown {
  const [name = ''] = path;
  return Array.isArray(node) && !/^\d+$/.test(name) ? undefined : node;
}

function closed(field: Walk): Walk {
  return { ...field, node: undefined, path: [], opened: true, many: true, empty: field.path.length === 0 };
}

/** Follows names until an array or the end of the path. */
function walk(field: Walk): Walk {
  let { node, path } = field;
  let through: unknown;
  while (path.length > 0) {
    const [name = '', ...rest] = path;
    if (Array.isArray(node)) {
      if (!/^\d+$/.test(name)) break;
      through ??= node;
      node = node[Number(name)];
    } else node = child(node, name);
    path = rest;
  }
  return { ...field, node, path, through, opened: field.opened && path === field.path };
}

export function child(node: unknown, name: string): unknown {
  if (typeof node !== 'object' || node === null || '_bsontype' in node || node instanceof Date) return undefined;
  return Object.hasOwn(node, name) ? (node as Doc)[name] : undefined; // an object with this field of its own
}
