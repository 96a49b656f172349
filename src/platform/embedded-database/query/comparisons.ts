import { Long } from 'bson';
import * as queries from 'mingo/operators/query';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { CommandError } from '../command-error.ts';
import { asDoc, asList, isPlain } from '../document.ts';
import { child } from '../store/index-keys.ts';
import { isNumeric } from '../values/numbers.ts';
import { ofType } from '../values/type-names.ts';
import { encodeValue, sameValue } from '../values/value-order.ts';
import { checkExpression, evaluate, isTrue, scopeOf } from './expressions.ts';

type Test = (value: unknown) => boolean;
/** What mingo asks of a query operator. */
type Operator = (path: string, operand: unknown, options: Options) => (document: unknown) => boolean;

/** Every value a path leads to, through the arrays on its way, `undefined` where a field is missing; an array at the end
 *  gives its elements, then itself. Source: MongoDB manual, "Query on embedded and array fields". */
export function valuesAt(document: unknown, path: string[], elements = true): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return elements && Array.isArray(document) ? [...document, document] : [document];
  if (!Array.isArray(document)) return valuesAt(child(document, name), rest, elements);
  const inside = document.filter(isPlain).flatMap((item) => valuesAt(item, path, elements));
  if (!/^\d+$/.test(name) || Number(name) >= document.length) return inside;
  const element = document[Number(name)];
  // An element named by its number is taken as it is, even when it is an array; a scalar has nothing inside, not even null.
  if (rest.length > 0 && !isPlain(element) && !Array.isArray(element)) return inside;
  return [...inside, ...valuesAt(element, rest, elements && rest.length > 0)];
}

/** mingo's operator, for operands MongoDB takes. */
function demanding(operator: Operator, accepts: (operand: unknown) => boolean, words: string): Operator {
  return (path, operand, options) => {
    if (!accepts(operand)) throw new CommandError(2, words);
    return operator(path, operand, options);
  };
}

const isFilled = (operand: unknown) => Array.isArray(operand) && operand.length > 0 && operand.every(isPlain);
const isCondition = (operand: unknown) =>
  operand instanceof RegExp || (isPlain(operand) && Object.keys(operand).some((name) => name.startsWith('$')));

function any(make: (operand: unknown, options: Options) => Test, elements = true): Operator {
  return (path, operand, options) => {
    const names = path.split('.');
    const test = make(operand, options);
    return (document) => valuesAt(document, names, elements).some(test);
  };
}

function none(operator: Operator): Operator {
  return (path, operand, options) => {
    const test = operator(path, operand, options);
    return (document) => !test(document);
  };
}

function equals(operand: unknown): Test {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  const wanted = encodeValue(operand);
  return (value) => {
    if (value === undefined || value === operand) return value === operand;
    return !(typeof value === 'string' && typeof operand === 'string') && encodeValue(value).equals(wanted);
  };
}

/** Values of another type never match, as in MongoDB; NaN equals only itself. */
function ordered(accepts: (order: number) => boolean): (operand: unknown) => Test {
  return (operand) => {
    if (operand === null || operand === undefined) return (value) => accepts(0) && (value === null || value === undefined);
    const wanted = encodeValue(operand);
    return (value) => {
      if (value === undefined) return false;
      const found = encodeValue(value);
      // The first byte is the type's.
      if (found[0] !== wanted[0]) return false;
      if (Number.isNaN(value) || Number.isNaN(operand)) return accepts(0) && Number.isNaN(value) && Number.isNaN(operand);
      return accepts(Buffer.compare(found, wanted));
    };
  };
}

function oneOf(operand: unknown): Test {
  if (!Array.isArray(operand)) throw new CommandError(2, '$in needs an array');
  const patterns = operand.filter((item) => item instanceof RegExp).map(matches);
  const keys = new Set(operand.filter((item) => !(item instanceof RegExp)).map(keyOf));
  const orMissing = keys.has(keyOf(null));
  return (value) => (value === undefined ? orMissing : keys.has(keyOf(value))) || patterns.some((test) => test(value));
}

/** One lookup for a list of any length; equal values have equal keys. */
function keyOf(value: unknown): string {
  return encodeValue(value).toString('latin1');
}

function matches(operand: unknown): Test {
  if (!(operand instanceof RegExp)) throw new CommandError(2, '$regex has to be a string');
  return (value) => (typeof value === 'string' ? operand.test(value) : value instanceof RegExp && sameValue(value, operand));
}

export function elementMatch(operand: unknown, options: Options): Test {
  if (!isPlain(operand)) throw new CommandError(2, '$elemMatch needs an Object');
  const names = Object.keys(operand);
  const bare = names.length > 0 && names.every((name) => name.startsWith('$') && !['$and', '$or', '$nor'].includes(name));
  const query = new Query(bare ? { item: operand } : operand, options);
  const asElement = bare ? new Query({ 'item.0': operand }, options) : query;
  const accepts = (item: unknown) => {
    if (bare) return Array.isArray(item) ? asElement.test({ item: [item] }) : query.test({ item });
    return (isPlain(item) || Array.isArray(item)) && query.test(asDoc(item));
  };
  return (value) => Array.isArray(value) && value.some(accepts);
}

const all: Operator = (path, operand, options) => {
  if (!Array.isArray(operand)) throw new CommandError(2, '$all needs an array');
  const tests = operand.map((item) => {
    if (isPlain(item) && '$elemMatch' in item) return any(elementMatch, false)(path, item.$elemMatch, options);
    return any(item instanceof RegExp ? matches : equals)(path, item, options);
  });
  return (document) => tests.length > 0 && tests.every((test) => test(document));
};

function remainder(operand: unknown): Test {
  const [divisor, wanted] = asList(operand).map((item) => Math.trunc(Number(item)));
  if (divisor === undefined || wanted === undefined) throw new CommandError(2, 'malformed mod, not enough elements');
  if (divisor === 0) throw new CommandError(2, 'divisor cannot be 0');
  const rest = (value: unknown) =>
    value instanceof Long ? Number(value.toBigInt() % BigInt(divisor)) : Math.trunc(Number(value)) % divisor;
  return (value) => isNumeric(value) && rest(value) === wanted;
}

function size(operand: unknown): Test {
  if (!Number.isInteger(Number(operand)) || Number(operand) < 0)
    throw new CommandError(2, 'Failed to parse $size. Expected a whole number');
  return (value) => Array.isArray(value) && value.length === Number(operand);
}

const exists: Operator = (path, operand) => {
  const names = path.split('.');
  const wanted = operand !== false && operand !== null && operand !== 0;
  return (document) => valuesAt(document, names, false).some((value) => value !== undefined) === wanted;
};

const expression: Operator = (_path, operand, options) => {
  checkExpression(operand);
  return (document) => isTrue(evaluate(operand, scopeOf(document, options)));
};

const eq = any(equals);
const isIn = any(oneOf);

/** mingo exports them with types that name less of what they take. */
const { $and, $or, $nor, $not } = queries as unknown as Record<'$and' | '$or' | '$nor' | '$not', Operator>;
const FILLED = '$and/$or/$nor must be a nonempty array of objects';

/** MongoDB's comparison of BSON values under the names mingo looks operators up by. */
export const comparisons: Record<`$${string}`, Operator> = {
  $eq: eq,
  $ne: none(eq),
  $in: isIn,
  $nin: none(isIn),
  $gt: any(ordered((order) => order > 0)),
  $gte: any(ordered((order) => order >= 0)),
  $lt: any(ordered((order) => order < 0)),
  $lte: any(ordered((order) => order <= 0)),
  $regex: any(matches),
  $mod: any(remainder),
  $type: any(ofType),
  $all: all,
  $size: any(size, false),
  $elemMatch: any(elementMatch, false),
  $exists: exists,
  $expr: expression,
  $and: demanding($and, isFilled, FILLED),
  $or: demanding($or, isFilled, FILLED),
  $nor: demanding($nor, isFilled, FILLED),
  $not: demanding($not, isCondition, '$not needs a regex or a document with operators'),
};
