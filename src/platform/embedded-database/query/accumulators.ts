import * as mingo from 'mingo/operators/accumulator';
import { CommandError } from '../command-error.ts';
import { type Doc, isPlain } from '../document.ts';
import { add, asKind, divide, isNumeric, kindOf, plainNumber } from '../values/numbers.ts';
import { compareValues, encodeValue } from '../values/value-order.ts';
import { byName, optionsWith } from './mingo-operators.ts';

export function isAccumulator(name: string): boolean {
  // mingo gives these two a list of one.
  return name in OWN || (KNOWN.has(name) && name !== '$top' && name !== '$bottom');
}

/** One value for many, which are `undefined` where there is none. */
export function accumulated(name: string, values: unknown[]): unknown {
  const own = OWN[name];
  if (own) return own(values);
  const numbers = values.map((value) => ({ value: isNumeric(value) ? plainNumber(value) : value }));
  return throughMingo(name, numbers, '$value');
}

/** Accumulators that sort or pick documents themselves, such as `$topN`. */
export function throughMingo(name: string, documents: Doc[], operand: unknown): unknown {
  const accumulator = KNOWN.get(name);
  if (!accumulator) throw new CommandError(15952, `unknown group operator '${name}'`);
  return accumulator(documents, operand, OPTIONS);
}

const KNOWN = byName(mingo);
const OPTIONS = optionsWith({ accumulator: mingo });

function extreme(values: unknown[], sign: 1 | -1): unknown {
  const there = values.filter((value) => value !== undefined && value !== null);
  return there.length === 0 ? null : there.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best));
}

/** Decimals apart: the others are summed as doubles, and only their sum becomes a decimal. */
function sum(values: unknown[]): unknown {
  const decimals = values.filter((value) => kindOf(value) === 'decimal');
  const others = values.filter((value) => isNumeric(value) && kindOf(value) !== 'decimal').reduce(add, 0);
  return decimals.length > 0 ? decimals.reduce(add, asKind(plainNumber(others), 'decimal')) : others;
}

function mean(values: unknown[]): unknown {
  const numbers = values.filter(isNumeric);
  if (numbers.length === 0) return null;
  const total = sum(numbers);
  return divide(total, numbers.length);
}

const OWN: Record<string, (values: unknown[]) => unknown> = {
  $sum: sum,
  $avg: mean,
  $min: (values) => extreme(values, -1),
  $max: (values) => extreme(values, 1),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: (values) => [
    ...new Map(values.filter((value) => value !== undefined).map((value) => [encodeValue(value).toString('latin1'), value])).values(),
  ],
  $count: (values) => values.length,
  $mergeObjects: (values) => Object.assign({}, ...values.filter(isPlain)),
};

/** These take whole documents and several operands. */
export function picksDocuments(name: string): boolean {
  return ['$topN', '$bottomN', '$firstN', '$lastN', '$maxN', '$minN', '$percentile', '$median', '$accumulator'].includes(name);
}
