import { Long, Timestamp } from 'bson';
import { CommandError } from '../command-error.ts';
import { asDoc, isPlain } from '../document.ts';
import { add, kindOf, multiply } from '../values/numbers.ts';
import { compareValues } from '../values/value-order.ts';

/** What an operator does to one field. */
export type Leaf = {
  /** The value after the change, `undefined` to remove the field. */
  change: (value: unknown) => unknown;
  /** The value of a field that is not there; without it the operator leaves such a field alone. */
  create?: () => unknown;
  /** A path no field can be made at is no error. */
  lenient?: true;
  /** Another list counts as a modification even when it holds the same. */
  counts?: true;
};
/** Refuses a wrong operand at once, before any document is looked at. */
export type Operator = (operand: unknown, path: string) => Leaf;

export function setting(value: unknown): Leaf {
  return { change: () => value, create: () => value };
}

const set: Operator = (operand) => setting(operand);
const unset: Operator = () => ({ change: () => undefined, lenient: true });

function choosing(better: (order: number) => boolean): Operator {
  return (operand) => ({ ...setting(operand), change: (value) => (better(compareValues(operand, value)) ? operand : value) });
}

function calculating(operator: string, calculate: typeof add, created: (operand: unknown) => unknown): Operator {
  return (operand, path) => {
    if (kindOf(operand) === null) throw new CommandError(14, `Cannot apply ${operator} with a non-numeric argument: {${path}: ...}`);
    const change = (value: unknown) => {
      const kind = kindOf(value);
      if (kind === null) throw new CommandError(14, `Cannot apply ${operator} to a value of non-numeric type. The field is '${path}'`);
      const result = calculate(operand, value);
      const wholes = [kind, kindOf(operand)].every((one) => one === 'int' || one === 'long');
      if (wholes && kindOf(result) === 'double') throw new CommandError(2, `Failed to apply ${operator} operations to current value`);
      // A decimal that is still as large keeps the zeros it has.
      return kind === 'decimal' && compareValues(result, value) === 0 ? value : result;
    };
    return { change, create: () => created(operand) };
  };
}

const currentDate: Operator = (operand) => {
  const type = isPlain(operand) ? operand.$type : operand;
  if (type === 'timestamp') return setting(new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }));
  if (type !== 'date' && typeof type !== 'boolean')
    throw new CommandError(2, "The '$type' string field is required to be 'date' or 'timestamp'");
  return setting(new Date());
};

const BITS: Record<string, (a: bigint, b: bigint) => bigint> = { and: (a, b) => a & b, or: (a, b) => a | b, xor: (a, b) => a ^ b };

const bit: Operator = (operand) => {
  const masks = Object.entries(asDoc(operand));
  if (masks.length === 0) throw new CommandError(2, 'You must pass in at least one bitwise operation');
  for (const [name, mask] of masks) {
    if (!Object.hasOwn(BITS, name) || !isWhole(mask))
      throw new CommandError(2, `The $bit modifier takes and, or, xor and whole numbers, not ${name}`);
  }
  const change = (value: unknown) => {
    if (!isWhole(value)) throw new CommandError(2, 'Cannot apply $bit to a value of non-integral type');
    return masks.reduce((result, [name, mask]) => {
      const bits = BITS[name]?.(BigInt(String(result)), BigInt(String(mask))) ?? 0n;
      return [result, mask].some((one) => kindOf(one) === 'long') ? Long.fromBigInt(bits) : Number(bits);
    }, value);
  };
  return { change, create: () => change(0) };
};

function isWhole(value: unknown): boolean {
  const kind = kindOf(value);
  return kind === 'int' || kind === 'long';
}

/** All but $rename, which leads from one field to another. */
export const fieldOperators: Record<string, Operator> = {
  $set: set,
  $setOnInsert: set,
  $unset: unset,
  $inc: calculating('$inc', add, (operand) => operand),
  $mul: calculating('$mul', multiply, (operand) => multiply(operand, 0)),
  $min: choosing((order) => order < 0),
  $max: choosing((order) => order > 0),
  $currentDate: currentDate,
  $bit: bit,
};
