import { CommandError } from '../command-error.ts';
import { asDoc, asList, type Doc, isPlain } from '../document.ts';
import { matcher } from '../query/query.ts';
import { child } from '../store/index-keys.ts';
import { place } from './positional.ts';

type Test = (item: unknown) => boolean;
/** What `$[name]` in a path stands for, by name. */
export type ArrayFilters = Map<string, Test>;

export function readArrayFilters(filters: unknown): ArrayFilters {
  const tests: ArrayFilters = new Map();
  for (const filter of asList(filters).map(asDoc)) {
    const names = new Set(namesIn(filter));
    const [name] = names;
    const matches = matcher(filter);
    if (name === undefined) throw new CommandError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1) throw new CommandError(9, `Expected a single top-level field name, found ${[...names].join(' and ')}`);
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw new CommandError(2, `The top-level field name must be alphanumeric, found '${name}'`);
    if (tests.has(name)) throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    tests.set(name, (item) => matches({ [name]: item }));
  }
  return tests;
}

function namesIn(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    if (path.startsWith('$')) return asList(condition).flatMap((part) => namesIn(asDoc(part)));
    // To MongoDB this is no condition on a field, but one that nothing meets.
    const never = isPlain(condition) && Object.keys(condition).length === 1 && asList(condition.$all).length === 0 && '$all' in condition;
    return never ? [] : [path.split('.')[0] ?? ''];
  });
}

/** The paths `$`, `$[]` and `$[name]` lead to in this document: with the numbers of the elements in their place. */
export function placesIn(document: Doc, path: string[], filters: ArrayFilters, filter: Doc): string[][] {
  if (!path.some((name) => name.startsWith('$'))) return [path];
  return spread(document, [], place(path.join('.'), filter, document).split('.'), filters);
}

function spread(node: unknown, done: string[], [name, ...rest]: string[], filters: ArrayFilters): string[][] {
  if (name === undefined) return [done];
  const identifier = /^\$\[(.*)\]$/.exec(name)?.[1];
  if (identifier === undefined) return spread(child(node, name), [...done, name], rest, filters);
  if (!Array.isArray(node)) {
    const why = node === undefined ? 'must exist in the document in order to apply array updates' : 'is no array';
    throw new CommandError(2, `The path '${done.join('.')}' ${why}.`);
  }
  const test = filters.get(identifier);
  return node.flatMap((item, at) => (!test || test(item) ? spread(item, [...done, String(at)], rest, filters) : []));
}
