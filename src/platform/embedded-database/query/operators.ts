import { Decimal128, Long } from 'bson';
import * as mingo from 'mingo/operators/expression';
import { CommandError } from '../command-error.ts';
import { exactDouble, isPlain } from '../document.ts';
import { add, asKind, divide, isNumeric, kindOf, multiply, type NumberKind, plainNumber, widest } from '../values/numbers.ts';
import { typeName } from '../values/type-names.ts';
import { compareValues, encodeValue, sameValue } from '../values/value-order.ts';
import { accumulated, isAccumulator } from './accumulators.ts';
import { byName, optionsWith } from './mingo-operators.ts';

type Operator = (...operands: unknown[]) => unknown;

export function isOperator(name: string): boolean {
  return name in OWN || KNOWN.has(name) || isAccumulator(name);
}

/** An operator's value for operands already evaluated; `listed`: they were written as an array. */
export function applied(name: string, operands: unknown, listed = false): unknown {
  const list = listed && Array.isArray(operands) ? operands : [operands];
  const own = OWN[name];
  if (own) return own(...list);
  const kind = ARITHMETIC[name];
  if (kind) return list.some(isNothing) ? null : kind(widest(list, name), Number(throughMingo(name, asList(name, list))));
  if (isAccumulator(name)) return accumulated(name, list.length === 1 && Array.isArray(list[0]) ? list[0] : list);
  return throughMingo(name, listed ? asList(name, list) : list[0]);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** mingo's operator by its name; the operands are values and must not be taken for expressions again. */
function throughMingo(name: string, operands: unknown): unknown {
  const operator = KNOWN.get(name);
  if (!operator) throw new CommandError(168, `Unrecognized expression '${name}'`);
  const quoted = Array.isArray(operands) ? operands.map(quote) : isPlain(operands) ? mapped(operands) : quote(operands);
  return operator({}, quoted, OPTIONS);
}

const KNOWN = byName(mingo);
const OPTIONS = optionsWith({ expression: { $literal: mingo.$literal } });

function mapped(operands: object): object {
  return Object.fromEntries(Object.entries(operands).map(([field, value]) => [field, quote(value)]));
}

function quote(value: unknown): unknown {
  if (isNumeric(value)) return plainNumber(value);
  const inert = typeof value === 'string' ? !value.startsWith('$') : !Array.isArray(value) && !isPlain(value);
  return inert ? value : { $literal: value };
}

/** An operand alone, except where mingo expects a list even of one. */
function asList(name: string, operands: unknown[]): unknown {
  return operands.length !== 1 || LISTS.has(name) ? operands : operands[0];
}

const LISTS = new Set(['$concat', '$concatArrays', '$setEquals', '$anyElementTrue', '$allElementsTrue', '$round', '$trunc']);

/** The kind of the result by that of the operands. */
const kept = (kind: NumberKind, value: number) => asKind(value, kind);
const real = (kind: NumberKind, value: number) => asKind(value, kind === 'decimal' ? kind : 'double');
const ARITHMETIC: Record<string, (kind: NumberKind, value: number) => unknown> = {
  ...Object.fromEntries(['$abs', '$ceil', '$floor', '$round', '$trunc', '$mod', '$pow'].map((name) => [name, kept])),
  ...Object.fromEntries(
    (
      '$sqrt $exp $ln $log $log10 $sin $cos $tan $asin $acos $atan $atan2 $sinh $cosh $tanh $asinh $acosh $atanh ' +
      '$degreesToRadians $radiansToDegrees'
    )
      .split(' ')
      .map((name) => [name, real]),
  ),
};

/** Across types, by MongoDB's order; what is missing is less than null. */
function order(name: string, operands: unknown[]): number {
  if (operands.length !== 2)
    throw new CommandError(16020, `Expression ${name} takes exactly 2 arguments. ${operands.length} were passed in.`);
  const [left, right] = operands;
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  return compareValues(left, right);
}

/** A sum or difference; with a date among the operands, milliseconds on it. */
function sum(operands: unknown[]): unknown {
  if (operands.some(isNothing)) return null;
  const total = operands.map((value) => (value instanceof Date ? value.getTime() : value)).reduce(add, 0);
  return operands.some((value) => value instanceof Date) ? new Date(plainNumber(total)) : total;
}

function difference(left: unknown, right: unknown): unknown {
  if (isNothing(left) || isNothing(right)) return null;
  if (left instanceof Date && right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
  return sum([left, multiply(right, -1)]);
}

function list(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new CommandError(
      name === '$size' ? 17124 : 40081,
      `The argument to ${name} must be an array, but was of type: ${typeName(value)}`,
    );
  return value;
}

function distinct(values: unknown[]): unknown[] {
  return [...new Map(values.map((value) => [encodeValue(value).toString('latin1'), value])).values()].sort(compareValues);
}

function holds(values: unknown[], value: unknown): boolean {
  return values.some((item) => sameValue(item, value));
}

function written(value: unknown): unknown {
  if (isNothing(value)) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

function parsed(value: unknown): number {
  const number = value instanceof Date ? value.getTime() : plainNumber(value);
  if (Number.isNaN(number) && !isNumeric(value)) throw new CommandError(241, `Failed to parse number '${String(value)}' in $convert`);
  return number;
}

const OWN: Record<string, Operator> = {
  $eq: (...operands) => order('$eq', operands) === 0,
  $ne: (...operands) => order('$ne', operands) !== 0,
  $gt: (...operands) => order('$gt', operands) > 0,
  $gte: (...operands) => order('$gte', operands) >= 0,
  $lt: (...operands) => order('$lt', operands) < 0,
  $lte: (...operands) => order('$lte', operands) <= 0,
  $cmp: (...operands) => order('$cmp', operands),
  $not: (value) => isNothing(value) || value === false || (isNumeric(value) && plainNumber(value) === 0),
  $type: (value) => typeName(value),
  $isNumber: isNumeric,
  $isArray: (value) => Array.isArray(value),
  $size: (value) => list('$size', value).length,
  $in: (value, values) => holds(list('$in', values), value),
  $setUnion: (...lists) => (lists.some(isNothing) ? null : distinct(lists.flatMap((one) => list('$setUnion', one)))),
  $setIntersection: (...lists) =>
    lists.some(isNothing)
      ? null
      : distinct(
          list('$setIntersection', lists[0] ?? []).filter((item) => lists.every((one) => holds(list('$setIntersection', one), item))),
        ),
  $setDifference: (left, right) =>
    isNothing(left) || isNothing(right) ? null : list('$setDifference', left).filter((item) => !holds(list('$setDifference', right), item)),
  $setIsSubset: (left, right) => list('$setIsSubset', left).every((item) => holds(list('$setIsSubset', right), item)),
  $add: (...operands) => sum(operands),
  $subtract: difference,
  $multiply: (...operands) => (operands.some(isNothing) ? null : operands.reduce(multiply, 1)),
  $divide: (left, right) => (isNothing(left) || isNothing(right) ? null : divide(left, right)),
  $toString: written,
  $toLong: (value) => (isNothing(value) ? null : kindOf(value) === 'long' ? value : asKind(Math.trunc(parsed(value)), 'long')),
  $toInt: (value) => (isNothing(value) ? null : asKind(Math.trunc(parsed(value)), 'int')),
  $toDouble: (value) => (isNothing(value) ? null : exactDouble(parsed(value))),
  $toDecimal: (value) => (isNothing(value) ? null : Decimal128.fromString(String(value))),
};
