import { CommandError } from '../command-error.ts';
import { type Doc, isPlain, toBytes } from '../document.ts';
import { place } from '../update/positional.ts';
import { isNumeric, plainNumber } from '../values/numbers.ts';
import { elementMatch, valuesAt } from './comparisons.ts';
import { scopeOf } from './expressions.ts';
import { applyProjection, type Compute, computing, type Projection, readProjection } from './projection.ts';
import { compiled } from './query.ts';

type Edit = (result: Doc, document: Doc) => Doc;

/** The documents as bytes; without a projection those stored, untouched. `filter` says which element `$` stands for. */
export function projected(found: { bytes: Buffer; document: Doc }[], given: Doc, filter: Doc, variables: Doc = {}): Buffer[] {
  if (Object.keys(given).length === 0) return found.map(({ bytes }) => bytes);
  const { projection, edits } = readFind(given, filter);
  return found.map(({ document }) => {
    const result = applyProjection(document, projection, scopeOf(document, { variables }));
    return toBytes(edits.reduce((edited, edit) => edit(edited, document), result));
  });
}

/** What only `find` knows: `$slice` and `$elemMatch` of an array, and `array.$`. */
function readFind(given: Doc, filter: Doc): { projection: Projection; edits: Edit[] } {
  const rest: Doc = {};
  const slices: Doc = {};
  const edits: Edit[] = [];
  for (const [path, value] of Object.entries(given)) {
    if (path.endsWith('.$')) {
      rest[path.slice(0, -2)] = true;
      edits.push(positional(path, filter));
    } else if (isPlain(value) && '$slice' in value) {
      slices[path] = true;
      edits.push(slicing(path, value.$slice));
    } else rest[path] = isPlain(value) && '$elemMatch' in value ? { $elemMatch: { path, condition: value.$elemMatch } } : value;
  }
  const projection: Projection = Object.keys(rest).length > 0 ? readProjection(rest, computeFind) : { fields: new Map(), others: 'keep' };
  return { projection: projection.others === 'drop' ? readProjection({ ...rest, ...slices }, computeFind) : projection, edits };
}

function computeFind(value: unknown): Compute {
  const wanted = isPlain(value) ? value.$elemMatch : undefined;
  if (!isPlain(wanted)) return computing(value);
  const [names, accepts] = [String(wanted.path).split('.'), elementMatch(wanted.condition, compiled)];
  return ({ ROOT }) => {
    const [items] = valuesAt(ROOT, names, false);
    const first = Array.isArray(items) ? items.find((item) => accepts([item])) : undefined;
    return first === undefined ? undefined : [first];
  };
}

function positional(path: string, filter: Doc): Edit {
  const names = path.split('.').slice(0, -1);
  return (result, document) => {
    const [items] = valuesAt(document, names, false);
    if (!Array.isArray(items)) return result;
    const at = Number(place(path, filter, document).split('.').at(-1));
    return changedAt(result, names, () => [items[at]]);
  };
}

function slicing(path: string, given: unknown): Edit {
  const numbers = (Array.isArray(given) ? given : [given]).map((one) => (isNumeric(one) ? plainNumber(one) : Number.NaN));
  if (numbers.length > 2 || numbers.length === 0 || !numbers.every(Number.isInteger))
    throw new CommandError(28724, 'First argument to $slice must be an integer');
  const [first = 0, limit] = numbers;
  if (limit !== undefined && limit <= 0) throw new CommandError(28729, `$slice limit must be positive, got ${limit}`);
  const slice = (items: unknown[]) => {
    if (limit === undefined) return first < 0 ? items.slice(first) : items.slice(0, first);
    const start = first < 0 ? Math.max(0, items.length + first) : first;
    return items.slice(start, start + limit);
  };
  return (result) => changedAt(result, path.split('.'), slice);
}

/** A copy with the arrays a path leads to changed, inside each element of arrays on its way. */
function changedAt(document: Doc, [name = '', ...rest]: string[], change: (items: unknown[]) => unknown[]): Doc {
  const value = document[name];
  if (rest.length === 0) return Array.isArray(value) ? { ...document, [name]: change(value) } : document;
  const inside = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(inside);
    return isPlain(item) ? changedAt(item, rest, change) : item;
  };
  return name in document ? { ...document, [name]: inside(value) } : document;
}
