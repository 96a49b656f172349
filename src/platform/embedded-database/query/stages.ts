import { Long } from 'bson';
import { type Iterator, Lazy } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { CommandError } from '../command-error.ts';
import { asDoc, type Doc, isPlain } from '../document.ts';
import { child } from '../store/index-keys.ts';
import { plainNumber } from '../values/numbers.ts';
import { encodeValue } from '../values/value-order.ts';
import { accumulated, isAccumulator, picksDocuments, throughMingo } from './accumulators.ts';
import { checkExpression, evaluate, scopeOf } from './expressions.ts';
import { applyProjection, type Projection, readAdditions, readProjection } from './projection.ts';
import { checkSort, sortDocuments } from './sort.ts';

/** A stage as mingo calls it. */
export type Stage = (documents: Iterator, argument: unknown, options: Options) => Iterator;

/** A stage of ours: from all documents to all documents, none of them changed in place. */
export function stage(run: (documents: Doc[], argument: unknown, options: Options) => Doc[]): Stage {
  return (documents, argument, options) => documents.transform<Doc>((all) => Lazy(run(all, argument, options)));
}

function projecting(read: (given: Doc) => Projection, name: string): Stage {
  return (documents, argument, options) => {
    if (!isPlain(argument) || Object.keys(argument).length === 0) {
      throw new CommandError(
        isPlain(argument) ? 51272 : name === '$project' ? 15969 : 40272,
        `${name} specification must be an object with at least one field`,
      );
    }
    const projection = read(argument);
    return documents.map((document: Doc) => applyProjection(document, projection, scopeOf(document, options)));
  };
}

const unset: Stage = (documents, argument, options) => {
  const paths = Array.isArray(argument) ? argument : [argument];
  const projection = readProjection(Object.fromEntries(paths.map((path) => [String(path), 0])));
  return documents.map((document: Doc) => applyProjection(document, projection, scopeOf(document, options)));
};

function replacing(expressionOf: (argument: unknown) => unknown): Stage {
  return (documents, argument, options) => {
    const expression = expressionOf(argument);
    checkExpression(expression);
    return documents.map((document: Doc) => {
      const result = evaluate(expression, scopeOf(document, options));
      if (!isPlain(result)) throw new CommandError(40228, "'newRoot' expression must evaluate to an object");
      return result;
    });
  };
}

const unwind = stage((documents, argument) => {
  const { path, preserveNullAndEmptyArrays: preserve, includeArrayIndex: numbered } = isPlain(argument) ? argument : { path: argument };
  if (typeof path !== 'string') throw new CommandError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$')) throw new CommandError(28818, "path option to $unwind stage should be prefixed with a '$'");
  const names = path.slice(1).split('.');
  const withNumber = (document: Doc, at: number | null) =>
    typeof numbered === 'string' ? placed(document, numbered.split('.'), at === null ? null : Long.fromNumber(at)) : document;
  return documents.flatMap((document) => {
    const value = names.reduce<unknown>((node, name) => (Array.isArray(node) ? undefined : child(node, name)), document);
    const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (empty && preserve !== true) return [];
    if (empty && Array.isArray(value)) return [withNumber(placed(document, names, undefined), null)];
    if (!Array.isArray(value)) return [withNumber(document, null)];
    return value.map((item, at) => withNumber(placed(document, names, item), at));
  });
});

/** A copy with a value at a path of objects; `undefined` takes the field away. */
export function placed(document: Doc, [name = '', ...rest]: string[], value: unknown): Doc {
  const inside = rest.length > 0 ? placed(asDoc(document[name]), rest, value) : value;
  if (inside !== undefined) return { ...document, [name]: inside };
  const { [name]: _gone, ...others } = document;
  return others;
}

const group: Stage = (documents, argument, options) => {
  if (!isPlain(argument)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in argument)) throw new CommandError(15955, 'a group specification must include an _id');
  const fields = Object.entries(argument).filter(([name]) => name !== '_id');
  const folds = fields.map(([name, given]) => [name, foldOf(name, given)] as const);
  checkExpression(argument._id);
  return stage((all) => {
    const groups = new Map<string, { id: unknown; members: Doc[] }>();
    for (const document of all) {
      const id = evaluate(argument._id, scopeOf(document, options)) ?? null;
      const key = encodeValue(id).toString('latin1');
      const found = groups.get(key) ?? { id, members: [] };
      found.members.push(document);
      groups.set(key, found);
    }
    return [...groups.values()].map(({ id, members }) => ({
      _id: id,
      ...Object.fromEntries(folds.map(([name, fold]) => [name, fold(members, options)])),
    }));
  })(documents, argument, options);
};

function foldOf(name: string, given: unknown): (members: Doc[], options: Options) => unknown {
  const [[operator = '', operand] = [], ...more] = Object.entries(asDoc(given));
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  if (!isPlain(given) || !operator.startsWith('$')) throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  if (more.length > 0) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  if (!isAccumulator(operator)) throw new CommandError(15952, `unknown group operator '${operator}'`);
  if (picksDocuments(operator)) return (members) => throughMingo(operator, members, operand);
  checkExpression(operand);
  return (members, options) =>
    accumulated(
      operator,
      members.map((member) => evaluate(operand, scopeOf(member, options))),
    );
}

const count: Stage = (documents, name, options) => {
  if (typeof name !== 'string') throw new CommandError(40156, 'the count field must be a non-empty string');
  if (name === '') throw new CommandError(40157, 'the count field must be a non-empty string');
  if (name.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (name.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return stage((all) => (all.length > 0 ? [{ [name]: all.length }] : []))(documents, name, options);
};

const sortByCount: Stage = (documents, argument, options) =>
  sort(group(documents, { _id: argument, count: { $sum: 1 } }, options), { count: -1 }, options);

const sort = stage((documents, order) => {
  if (!isPlain(order)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(order).length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  checkSort(order);
  return sortDocuments(documents, (document) => document, order);
});

function paging(name: '$limit' | '$skip', least: number, refusal: number): Stage {
  return (documents, argument) => {
    const wanted = plainNumber(argument);
    if (!Number.isInteger(wanted) || typeof argument === 'string')
      throw new CommandError(name === '$limit' ? 5107201 : 5107200, `invalid argument to ${name} stage: Expected an integer`);
    if (wanted < least) throw new CommandError(refusal, `invalid argument to ${name} stage: the value must be at least ${least}`);
    return name === '$limit' ? documents.take(wanted) : documents.drop(wanted);
  };
}

const sample = stage((documents, argument) => {
  const size = plainNumber(asDoc(argument).size);
  if (!Number.isInteger(size) || size < 1) throw new CommandError(28747, 'size argument to $sample must be a positive integer');
  const drawn = documents.map((document) => ({ document, lot: Math.random() })).sort((a, b) => a.lot - b.lot);
  return drawn.slice(0, size).map(({ document }) => document);
});

/** MongoDB's stages in place of mingo's, which know only JavaScript's types. The rest is mingo's. */
export const stages: Record<`$${string}`, Stage> = {
  $addFields: projecting(readAdditions, '$addFields'),
  $set: projecting(readAdditions, '$set'),
  $project: projecting(readProjection, '$project'),
  $unset: unset,
  $replaceRoot: replacing((argument) => asDoc(argument).newRoot),
  $replaceWith: replacing((argument) => argument),
  $unwind: unwind,
  $group: group,
  $count: count,
  $sample: sample,
  $sortByCount: sortByCount,
  $sort: sort,
  $limit: paging('$limit', 1, 15958),
  $skip: paging('$skip', 0, 5107200),
};
