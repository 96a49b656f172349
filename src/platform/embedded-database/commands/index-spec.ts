import { CommandError } from '../command-error.ts';
import { asList, asNumber, type Doc, isPlain } from '../document.ts';
import type { IndexSpec } from '../store/storage.ts';

const OPTIONS = new Set([
  'v',
  'key',
  'name',
  'ns',
  'background',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
  'collation',
]);

/** Reads an index as createIndexes brings it; refuses kinds the engine has not (text, geo, hashed, wildcard, collations). */
export function indexSpec(given: Doc): IndexSpec {
  const { key, name, expireAfterSeconds, partialFilterExpression: partial } = given;
  if (!isPlain(key) || Object.keys(key).length === 0) throw new CommandError(67, 'Index keys cannot be empty.');
  for (const [path, direction] of Object.entries(key)) checkField(path, direction);
  const unknown = Object.keys(given).find((option) => !OPTIONS.has(option));
  if (unknown)
    throw new CommandError(197, `The field '${unknown}' is not valid for an index specification. Specification: ${JSON.stringify(given)}`);
  if (isPlain(given.collation) && given.collation.locale !== 'simple') {
    throw new CommandError(115, 'collations are not supported by the embedded database');
  }
  if (given.sparse === true && partial !== undefined)
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (typeof name !== 'string' || name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  if (partial !== undefined && !isPlain(partial)) throw new CommandError(14, "The field 'partialFilterExpression' must be an object");
  if (isPlain(partial)) checkPartial(partial);
  if (name === '*') throw new CommandError(2, "The index name '*' is not valid.");
  if (Object.keys(key).join() === '_id' && key._id !== 1) throw new CommandError(2, "The field 'key' for an _id index must be {_id: 1}");
  const ttl = asNumber(expireAfterSeconds, -1);
  if (expireAfterSeconds !== undefined && (ttl < 0 || Object.keys(key).length > 1)) {
    throw new CommandError(67, 'TTL indexes are single-field indexes, and expireAfterSeconds must be 0 or more');
  }
  return {
    v: 2,
    key,
    name,
    ...(given.unique ? { unique: true } : {}),
    ...(given.sparse ? { sparse: true } : {}),
    ...(isPlain(partial) ? { partialFilterExpression: partial } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: ttl }),
  };
}

/** Source: MongoDB manual, "Partial indexes": of the operators on whole documents, only these two. */
function checkPartial(partial: Doc): void {
  for (const [name, parts] of Object.entries(partial)) {
    if (!name.startsWith('$')) continue;
    if (name !== '$and' && name !== '$or') throw new CommandError(67, `Expression not supported in partial index: ${name}`);
    for (const part of asList(parts).filter(isPlain)) checkPartial(part);
  }
}

function checkField(path: string, direction: unknown): void {
  if (path === '' || path.includes('$')) throw new CommandError(67, `Index key contains an illegal field name: '${path}'`);
  if (typeof direction === 'string')
    throw new CommandError(115, `an index of kind '${direction}' is not supported by the embedded database`);
  if (typeof direction !== 'number' || direction === 0) {
    throw new CommandError(67, 'Values in v:2 index key pattern must be numbers other than 0, or the name of an index kind');
  }
}
