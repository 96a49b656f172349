import { CommandError } from '../command-error.ts';
import type { Doc } from '../document.ts';
import { directed, keysOf } from '../store/index-keys.ts';
import { isNumeric, plainNumber } from '../values/numbers.ts';
import { encodeValue } from '../values/value-order.ts';

/** In MongoDB's order; of an array the element that comes first counts. Ties keep their order. */
export function sortDocuments<T>(items: T[], documentOf: (item: T) => Doc, order: Doc): T[] {
  const keyed = items.map((item) => ({ item, key: sortKey(documentOf(item), order) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
}

function sortKey(document: Doc, order: Doc): Buffer {
  // As in MongoDB's own index on it, an `_id` alone is taken whole; a pipeline may put an array there.
  if (Object.keys(order).join() === '_id') return directed(encodeValue(document._id), order._id);
  const [first = Buffer.alloc(0), ...rest] = keysOf(document, order, 2).keys.map(({ bytes }) => bytes);
  return rest.reduce((least, bytes) => (Buffer.compare(bytes, least) < 0 ? bytes : least), first);
}

/** Refuses what MongoDB refuses before it looks at any document. */
export function checkSort(order: Doc): void {
  for (const [path, direction] of Object.entries(order)) {
    if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
    if (path.endsWith('.')) throw new CommandError(40353, "FieldPath must not end with a '.'.");
    if (path.startsWith('$')) throw new CommandError(16410, "FieldPath field names may not start with '$'.");
    if (!isNumeric(direction)) throw new CommandError(15974, `Illegal key in $sort specification: ${path}`);
    if (Math.abs(plainNumber(direction)) !== 1)
      throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
}
