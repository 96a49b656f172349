import { Decimal128, Double } from 'bson';
import { isInt32 } from '../document.ts';

/** A decimal number: `digits` × 10^`exponent`; the sign is apart because zero has one too. */
type Exact = { negative: boolean; digits: bigint; exponent: number };

/** What a Decimal128 holds. */
const MAX_DIGITS = 34;
/** So many digits of a double go into a decimal sum. */
const DOUBLE_DIGITS = 15;

/** The sum ($inc) or product ($mul) of two numbers of which one is a Decimal128, with the trailing zeros MongoDB leaves.
 *  Source: IEEE 754-2008, 5.4.1, on the preferred exponent. */
export function exactResult(operator: '$inc' | '$mul', value: unknown, operand: unknown): Decimal128 {
  const [left, right] = [exact(value), exact(operand)];
  if (left && right) return written(operator === '$inc' ? sum(left, right) : product(left, right));
  const [a, b] = [Number(String(value)), Number(String(operand))];
  return Decimal128.fromString(String(operator === '$inc' ? a + b : a * b));
}

/** Their quotient; the divisor is not zero. */
export function exactQuotient(value: unknown, operand: unknown): Decimal128 {
  const [left, right] = [exact(value), exact(operand)];
  if (left && right) return written(quotient(left, right));
  return Decimal128.fromString(String(Number(String(value)) / Number(String(operand))));
}

/** Null for what is not finite. */
function exact(value: unknown): Exact | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(digitsOf(value));
  if (!match) return null;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  return { negative: sign === '-', digits: BigInt(`${whole}${fraction}`), exponent: Number(power) - fraction.length };
}

function digitsOf(value: unknown): string {
  const double = value instanceof Double ? value.value : typeof value === 'number' && !isInt32(value) ? value : null;
  return double === null || double === 0 ? String(value) : double.toPrecision(DOUBLE_DIGITS);
}

function sum(left: Exact, right: Exact): Exact {
  const exponent = Math.min(left.exponent, right.exponent);
  const grown = ({ negative, digits, exponent: own }: Exact) => (negative ? -digits : digits) * 10n ** BigInt(own - exponent);
  const total = grown(left) + grown(right);
  const negative = total < 0n || (total === 0n && left.negative && right.negative);
  return { negative, digits: total < 0n ? -total : total, exponent };
}

function product(left: Exact, right: Exact): Exact {
  return { negative: left.negative !== right.negative, digits: left.digits * right.digits, exponent: left.exponent + right.exponent };
}

/** With one digit too many, not zero, where it does not come out even: enough to round by. */
function quotient(left: Exact, right: Exact): Exact {
  const negative = left.negative !== right.negative;
  const preferred = left.exponent - right.exponent;
  const more = left.digits === 0n ? 0 : Math.max(0, MAX_DIGITS + 1 + `${right.digits}`.length - `${left.digits}`.length);
  const grown = left.digits * 10n ** BigInt(more);
  let [digits, exponent] = [grown / right.digits, preferred - more];
  if (grown % right.digits !== 0n) return { negative, digits: digits * 10n + 1n, exponent: exponent - 1 };
  for (; exponent < preferred && digits % 10n === 0n; exponent++) digits /= 10n;
  return { negative, digits, exponent };
}

/** Rounded to what a Decimal128 holds, a half to the even neighbour. */
function written({ negative, digits, exponent }: Exact): Decimal128 {
  const extra = Math.max(0, `${digits}`.length - MAX_DIGITS);
  const unit = 10n ** BigInt(extra);
  const [whole, rest] = [digits / unit, (digits % unit) * 2n];
  const up = rest > unit || (rest === unit && whole % 2n === 1n);
  return Decimal128.fromStringWithRounding(`${negative ? '-' : ''}${up ? whole + 1n : whole}E${exponent + extra}`);
}
