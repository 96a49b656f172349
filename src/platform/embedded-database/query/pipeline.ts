import { Aggregator } from 'mingo/aggregator';
import { concat } from 'mingo/lazy';
import { CommandError } from '../command-error.ts';
import { asDoc, type Doc, isPlain } from '../document.ts';
import { allDocuments } from '../store/collection.ts';
import type { Storage } from '../store/storage.ts';
import { plainNumber } from '../values/numbers.ts';
import { findDocuments, type Search } from './find.ts';
import { type Foreign, lookupStage } from './lookup.ts';
import { choosePlan } from './plan.ts';
import { contextWith, options } from './query.ts';
import type { Stage } from './stages.ts';

/** Runs a pipeline on a collection of a database, or on none. What it begins with that a `find` can do is done where the indexes are. */
export function runPipeline(storage: Storage, database: string, source: string | null, pipeline: unknown[], variables: Doc): unknown[] {
  const stages = pipeline.map(checkedStage);
  const { search, rest } = source === null ? { search: null, rest: stages } : splitSearch(stages);
  const documentsOf = (name: string, asked: Search) =>
    findDocuments(storage, storage.collections.get(`${database}.${name}`), asked).map(({ document }) => document);
  const foreign = (name: string): Foreign => foreignOf(storage, `${database}.${name}`);
  // Its own beginning is read through the indexes too; the operators are those of the whole.
  const $unionWith: Stage = (found, argument, given) => {
    const { coll, pipeline: inner = [] } = isPlain(argument) ? argument : { coll: argument };
    if (typeof coll !== 'string' || !Array.isArray(inner)) throw new CommandError(9, '$unionWith must name a collection');
    const part = splitSearch(inner.map(checkedStage));
    const theirs = documentsOf(coll, { ...part.search, variables });
    return concat(found, new Aggregator(part.rest as ConstructorParameters<typeof Aggregator>[0], given).stream(theirs));
  };
  // The operators of each stage check what it says.
  const aggregator = new Aggregator(rest as ConstructorParameters<typeof Aggregator>[0], {
    ...options,
    context: contextWith({ $lookup: lookupStage(foreign), $unionWith }),
    variables,
  });
  return aggregator.run(source === null || search === null ? [] : documentsOf(source, { ...search, variables }));
}

function foreignOf(storage: Storage, namespace: string): Foreign {
  const collection = storage.collections.get(namespace);
  let known: Doc[] | undefined;
  const all = () => {
    known ??= collection ? [...allDocuments(storage, collection)].map(({ document }) => document) : [];
    return known;
  };
  const through = (filter: Doc) => {
    if (!collection || !choosePlan(collection, filter, {})) return null;
    return findDocuments(storage, collection, { filter, sort: {}, skip: 0, limit: 0 }).map(({ document }) => document);
  };
  return { all, through };
}

/** `$match` and `$sort` in any order, then `$skip`, then `$limit`: what is filtered out is not sorted, as in MongoDB. */
function splitSearch(stages: Doc[]): { search: Search; rest: Doc[] } {
  const search: Search = { filter: {}, sort: {}, skip: 0, limit: 0 };
  const filters: Doc[] = [];
  let at = 0;
  for (; at < stages.length; at++) {
    const { $match, $sort, $skip, $limit } = stages[at] ?? {};
    const isPaged = search.skip > 0 || search.limit > 0;
    if (isPlain($match) && !isPaged) filters.push($match);
    else if (isPlain($sort) && Object.keys($sort).length > 0 && Object.keys(search.sort).length === 0 && !isPaged) search.sort = $sort;
    else if (isCount($skip) && !isPaged) search.skip = plainNumber($skip);
    else if (isCount($limit) && search.limit === 0) search.limit = plainNumber($limit);
    else break;
  }
  search.filter = filters.length === 1 ? (filters[0] ?? {}) : filters.length > 1 ? { $and: filters } : {};
  return { search, rest: stages.slice(at) };
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

function checkedStage(stage: unknown): Doc {
  if (!isPlain(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  const [name = ''] = names;
  if (names.length !== 1) throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  if (name === '$changeStream') throw new CommandError(40573, 'The $changeStream stage is only supported on replica sets');
  if (UNSUPPORTED.has(name)) throw new CommandError(115, `${name} is not supported by the embedded database`);
  if (!STAGES.has(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  for (const inner of innerPipelines(name, stage[name])) for (const one of inner) checkedStage(one);
  return stage;
}

function innerPipelines(name: string, argument: unknown): unknown[][] {
  if (name === '$facet') return Object.values(asDoc(argument)).filter(Array.isArray);
  return [asDoc(argument).pipeline].filter(Array.isArray);
}

const STAGES = new Set(
  (
    '$addFields $count $documents $facet $group $limit $lookup $match $project $redact $replaceRoot $replaceWith $sample $set $skip ' +
    '$sort $sortByCount $unionWith $unset $unwind'
  ).split(' '),
);

/** Refused rather than answered by halves. */
const UNSUPPORTED = new Set('$bucket $bucketAuto $densify $fill $graphLookup $merge $out $setWindowFields'.split(' '));
