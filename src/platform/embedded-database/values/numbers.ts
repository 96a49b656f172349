import { Decimal128, Double, Int32, Long } from 'bson';
import { CommandError } from '../command-error.ts';
import { exactDouble, isInt32 } from '../document.ts';
import { exactQuotient, exactResult } from './exact-numbers.ts';

/** From the narrowest to the widest: of two kinds the later one is that of their sum. */
const KINDS = ['int', 'long', 'double', 'decimal'] as const;
export type NumberKind = (typeof KINDS)[number];

/** What MongoDB calls a number's type, null for anything else. */
export function kindOf(value: unknown): NumberKind | null {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (value instanceof Long) return 'long';
  if (value instanceof Double) return 'double';
  if (value instanceof Decimal128) return 'decimal';
  return value instanceof Int32 ? 'int' : null;
}

export function isNumeric(value: unknown): boolean {
  return kindOf(value) !== null;
}

/** The widest kind among numbers; refuses what is none. */
export function widest(values: unknown[], operator: string): NumberKind {
  const ranks = values.map((value) => {
    const kind = kindOf(value);
    if (kind === null) throw new CommandError(14, `${operator} only supports numeric types`);
    return KINDS.indexOf(kind);
  });
  return KINDS[Math.max(0, ...ranks)] ?? 'int';
}

/** The nearest JavaScript number. */
export function plainNumber(value: unknown): number {
  return Number(value instanceof Decimal128 ? value.toString() : value);
}

/** A computed number as the kind MongoDB gives it; whole numbers too large for it become the next wider one. */
export function asKind(value: number, kind: NumberKind): unknown {
  if (kind === 'decimal') return Decimal128.fromStringWithRounding(String(value));
  if (kind === 'double' || !Number.isInteger(value)) return exactDouble(value);
  return whole(BigInt(value), kind);
}

export function add(left: unknown, right: unknown): unknown {
  return combine('$inc', left, right);
}

export function multiply(left: unknown, right: unknown): unknown {
  return combine('$mul', left, right);
}

/** A decimal when one of them is, else a double. */
export function divide(left: unknown, right: unknown): unknown {
  if (plainNumber(right) === 0) throw new CommandError(2, "can't $divide by zero");
  return widest([left, right], '$divide') === 'decimal' ? exactQuotient(left, right) : exactDouble(plainNumber(left) / plainNumber(right));
}

function combine(operator: '$inc' | '$mul', left: unknown, right: unknown): unknown {
  const kind = widest([left, right], operator === '$inc' ? '$add' : '$multiply');
  const [a, b] = [left, right].map(plainNumber);
  const near = operator === '$inc' ? Number(a) + Number(b) : Number(a) * Number(b);
  if (kind === 'double') return exactDouble(near);
  if (kind === 'decimal') return exactResult(operator, left, right);
  const [x, y] = [left, right].map((value) => BigInt(String(value)));
  if (x === undefined || y === undefined) return near;
  return whole(operator === '$inc' ? x + y : x * y, kind);
}

function whole(value: bigint, kind: 'int' | 'long'): unknown {
  if (kind === 'int' && isInt32(Number(value))) return Number(value);
  return BigInt.asIntN(64, value) === value ? Long.fromBigInt(value) : Number(value);
}
