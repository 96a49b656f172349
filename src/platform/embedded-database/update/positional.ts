import { CommandError } from '../command-error.ts';
import { asDoc, asList, type Doc, isPlain } from '../document.ts';
import { valuesAt } from '../query/comparisons.ts';
import { matcher } from '../query/query.ts';

/** Puts the number of the array element the filter matched in place of `$`: `items.$.done` → `items.2.done`. */
export function place(path: string, filter: Doc, document: Doc): string {
  const names = path.split('.');
  const at = names.indexOf('$');
  if (at < 0) return path;
  const before = names.slice(0, at);
  const items = valuesAt(document, before, false)[0];
  const tests = conditionsOn(before.join('.'), filter).map((condition) => matcher(condition));
  const found = Array.isArray(items) && tests.length > 0 ? items.findIndex((item) => tests.every((test) => test(wrap(before, item)))) : -1;
  if (found < 0) throw new CommandError(2, 'The positional operator did not find the match needed from the query.');
  return names.with(at, String(found)).join('.');
}

function conditionsOn(array: string, filter: Doc): Doc[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    if (path === '$and' || path === '$or') return asList(condition).flatMap((part) => conditionsOn(array, asDoc(part)));
    if (path !== array && !path.startsWith(`${array}.`)) return [];
    const points = pointing(condition);
    return points === undefined ? [] : [{ [path]: points }];
  });
}

/** What of a condition points to an element: not what an element must not be. */
function pointing(condition: unknown): unknown {
  if (!isPlain(condition)) return condition;
  const kept = Object.entries(condition).filter(([name]) => !['$ne', '$nin', '$not'].includes(name));
  return kept.length === 0 && Object.keys(condition).length > 0 ? undefined : Object.fromEntries(kept);
}

function wrap([name = '', ...rest]: string[], item: unknown): Doc {
  return { [name]: rest.length > 0 ? wrap(rest, item) : [item] };
}
