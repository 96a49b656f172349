import mongoose from 'mongoose';
import type { Fields } from './any-document.ts';

const { EJSON } = mongoose.mongo.BSON;
const { MongoBulkWriteError, MongoError, MongoServerError } = mongoose.mongo;
type Collection = mongoose.mongo.Collection;

/** One call of the driver: `collection[method](...args)`. */
export type Operation = { method: Method; args: unknown[] };
type Method =
  | 'aggregate'
  | 'bulkWrite'
  | 'countDocuments'
  | 'createIndex'
  | 'deleteMany'
  | 'deleteOne'
  | 'distinct'
  | 'find'
  | 'findOneAndDelete'
  | 'findOneAndReplace'
  | 'findOneAndUpdate'
  | 'insertMany'
  | 'insertOne'
  | 'replaceOne'
  | 'updateMany'
  | 'updateOne';

/** Keeps int, long and double apart in what comes back. */
export const EXACT = { promoteValues: false, promoteLongs: false } as const;

/** What a caller of the driver can see of the result, as canonical Extended JSON: types and the order of fields included. */
export async function outcome(collection: Collection, { method, args }: Operation): Promise<string> {
  // Generated arguments are right and wrong ones on purpose; the driver's types allow right ones only.
  const call = collection[method] as (...args: unknown[]) => unknown;
  try {
    const result = call.apply(collection, copied(args));
    return text(hasRows(result) ? { rows: await result.toArray() } : { result: visible(await result) });
  } catch (error) {
    return text(refusal(error));
  }
}

/** Ids that a server or the driver made up are all the same here; those of `any-document.ts` start with 65. */
export function text(value: unknown): string {
  return EJSON.stringify(value, { relaxed: false }).replace(/"\$oid":"(?!65)[0-9a-f]{24}"/g, '"$oid":"made up"');
}

/** The driver adds `_id` to documents it is given; the other server must get the same ones. */
function copied(args: unknown[]): unknown[] {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]));
  };
  return args.map(copy);
}

function hasRows(value: unknown): value is { toArray(): Promise<unknown[]> } {
  return typeof value === 'object' && value !== null && 'toArray' in value;
}

function visible(result: unknown): unknown {
  return isBulkResult(result) ? counts(result) : result;
}

/** The driver exports this class as a type only. */
function isBulkResult(result: unknown): result is mongoose.mongo.BulkWriteResult {
  return typeof result === 'object' && result !== null && 'deletedCount' in result && 'upsertedIds' in result;
}

function counts(result: mongoose.mongo.BulkWriteResult): Fields {
  const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds } = result;
  return { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds };
}

function refusal(error: unknown): Fields {
  if (error instanceof MongoBulkWriteError) {
    const writeErrors = [error.writeErrors].flat().map(({ code, index }) => ({ code, index }));
    return { refused: error.code, writeErrors, ...counts(error.result) };
  }
  if (error instanceof MongoServerError) return { refused: error.code, keyPattern: error.keyPattern, keyValue: error.keyValue };
  if (error instanceof MongoError) return { driver: error.message };
  throw error;
}
