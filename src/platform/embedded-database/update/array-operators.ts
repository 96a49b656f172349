import { CommandError } from '../command-error.ts';
import { asDoc, type Doc, isPlain } from '../document.ts';
import { matcher } from '../query/query.ts';
import { child } from '../store/index-keys.ts';
import { kindOf, plainNumber } from '../values/numbers.ts';
import { compareValues, sameValue } from '../values/value-order.ts';
import type { Operator } from './field-operators.ts';

type Order = (a: unknown, b: unknown) => number;

const PUSH_CLAUSES = ['$each', '$position', '$slice', '$sort'];

const push: Operator = (operand, path) => {
  const clauses: Doc = isPlain(operand) && '$each' in operand ? operand : { $each: [operand] };
  const { $each: items, $position, $slice, $sort } = clauses;
  const unknown = Object.keys(clauses).find((name) => !PUSH_CLAUSES.includes(name));
  if (unknown) throw new CommandError(2, `Unrecognized clause in $push: ${unknown}`);
  if (!Array.isArray(items)) throw new CommandError(2, 'The argument to $each in $push must be an array');
  const at = whole('$position', $position) ?? Number.MAX_SAFE_INTEGER;
  const kept = whole('$slice', $slice);
  const order = $sort === undefined ? null : orderOf($sort);
  const arranged = (list: unknown[]) => {
    const grown = list.toSpliced(at, 0, ...items);
    if (order) grown.sort(order);
    if (kept === undefined) return grown;
    return kept < 0 ? grown.slice(kept) : grown.slice(0, kept);
  };
  return {
    create: () => arranged([]),
    change: (value) => {
      const list = demandArray(value, 2, `The field '${path}' must be an array`);
      const result = arranged(list);
      return items.length > 0 || order || result.length < list.length ? result : list;
    },
    counts: true,
  };
};

const addToSet: Operator = (operand) => {
  const [first, ...more] = Object.keys(asDoc(operand));
  const items = first === '$each' ? asDoc(operand).$each : [operand];
  if (!Array.isArray(items)) throw new CommandError(14, 'The argument to $each in $addToSet must be an array');
  if (first === '$each' && more.length > 0) throw new CommandError(2, `Found unexpected fields after $each in $addToSet: ${more.join()}`);
  const added = (list: unknown[]) => {
    const known = [...list];
    for (const item of items) if (!known.some((one) => sameValue(one, item))) known.push(item);
    return known;
  };
  return { create: () => added([]), change: (value) => added(demandArray(value, 2, 'Cannot apply $addToSet to a non-array field')) };
};

const pull: Operator = (operand) => {
  const matches = pulled(operand);
  return { change: (value) => demandArray(value, 2, 'Cannot apply $pull to a non-array value').filter((item) => !matches(item)) };
};

/** An object of fields is held against each element that is an object, operators against any element, a value must be the same. */
function pulled(operand: unknown): (item: unknown) => boolean {
  const operators = operand instanceof RegExp || (isPlain(operand) && Object.keys(operand)[0]?.startsWith('$'));
  const matches = operators ? matcher({ item: operand }) : isPlain(operand) ? matcher(operand) : null;
  if (!matches) return (item) => sameValue(item, operand);
  return operators ? (item) => matches({ item }) : (item) => isPlain(item) && matches(item);
}

const pullAll: Operator = (operand) => {
  const items = demandArray(operand, 2, '$pullAll requires an array argument');
  const kept = (item: unknown) => !items.some((one) => sameValue(one, item));
  return { change: (value) => demandArray(value, 2, 'Cannot apply $pull to a non-array value').filter(kept) };
};

const pop: Operator = (operand, path) => {
  const end = plainNumber(operand);
  if (kindOf(operand) === null || Math.abs(end) !== 1) throw new CommandError(9, `$pop expects 1 or -1, found: ${String(operand)}`);
  return {
    change: (value) => {
      const list = demandArray(value, 14, `Path '${path}' contains an element of non-array type`);
      return end > 0 ? list.slice(0, -1) : list.slice(1);
    },
  };
};

function demandArray(value: unknown, code: number, words: string): unknown[] {
  if (!Array.isArray(value)) throw new CommandError(code, words);
  return value;
}

function whole(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = plainNumber(value);
  if (kindOf(value) === null || !Number.isInteger(number)) throw new CommandError(2, `The value for ${name} must be an integer value`);
  return number;
}

/** `1` or `-1` sort whole elements, a document sorts by fields of theirs; what has no such field sorts as null. */
function orderOf(sort: unknown): Order {
  if (!isPlain(sort)) return directed(sort);
  const fields = Object.entries(sort).map(([path, direction]) => [path.split('.'), directed(direction)] as const);
  if (fields.length === 0) throw new CommandError(2, 'The $sort pattern is empty when it should be a set of fields.');
  const valueAt = (item: unknown, names: string[]) => names.reduce<unknown>(child, item) ?? null;
  return (a, b) => {
    for (const [names, order] of fields) {
      const found = order(valueAt(a, names), valueAt(b, names));
      if (found !== 0) return found;
    }
    return 0;
  };
}

function directed(direction: unknown): Order {
  const sign = plainNumber(direction);
  if (kindOf(direction) === null || Math.abs(sign) !== 1) throw new CommandError(2, 'The $sort element value must be either 1 or -1');
  return (a, b) => sign * compareValues(a, b);
}

export const arrayOperators: Record<string, Operator> = {
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};
