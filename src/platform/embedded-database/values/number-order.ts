/** Bits kept of the distance between an exact number and the double nearest to it; 34 decimal digits need about 61. */
const REST_BITS = 80n;
const REST_BYTES = 10;
const EXACT = 0x80;

/** Int32, Double and whole JavaScript numbers. NaN is below every number; -0 equals 0. */
export function doubleKey(value: number): Buffer {
  return Buffer.concat([ordered(value), Buffer.from([EXACT])]);
}

/** 64-bit integers, which a double cannot always hold: the nearest double, then how far away it is. */
export function longKey(value: bigint): Buffer {
  return rationalKey(value, 1n, Number(value));
}

/** Decimal128 by its text, such as `1.50E+3`. Beyond the range of a double all values of one sign count as equal. */
export function decimalKey(text: string): Buffer {
  const value = Number(text);
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!match) return doubleKey(value);
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const exponent = Number(power) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  if (digits === 0n) return doubleKey(0);
  if (!Number.isFinite(value)) return beyond(digits > 0n);
  return exponent >= 0 ? rationalKey(digits * 10n ** BigInt(exponent), 1n, value) : rationalKey(digits, 10n ** BigInt(-exponent), value);
}

function rationalKey(numerator: bigint, denominator: bigint, near: number): Buffer {
  const { mantissa, exponent } = split(near);
  const up = exponent > 0n ? denominator << exponent : denominator;
  const scaled = exponent < 0n ? numerator << -exponent : numerator;
  const distance = (scaled << REST_BITS) - ((mantissa * up) << REST_BITS);
  if (distance === 0n) return doubleKey(near);
  const whole = distance / up;
  const away = whole * up === distance ? whole : whole + (distance > 0n ? 1n : -1n);
  return withRest(near, away);
}

function withRest(near: number, rest: bigint): Buffer {
  const limit = (1n << REST_BITS) - 1n;
  const size = rest < 0n ? limit + (rest < -limit ? -limit : rest) : rest > limit ? limit : rest;
  const bytes = Buffer.from(size.toString(16).padStart(REST_BYTES * 2, '0'), 'hex');
  return Buffer.concat([ordered(near), Buffer.from([rest < 0n ? EXACT - 1 : EXACT + 1]), bytes]);
}

function beyond(positive: boolean): Buffer {
  const limit = 1n << REST_BITS;
  return positive ? withRest(Number.MAX_VALUE, limit) : withRest(-Number.MAX_VALUE, -limit);
}

/** The double as mantissa × 2^exponent, both exact. */
function split(value: number): { mantissa: bigint; exponent: bigint } {
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  const raw = bits.readBigUInt64BE();
  const power = (raw >> 52n) & 0x7ffn;
  const fraction = raw & ((1n << 52n) - 1n);
  const size = power === 0n ? fraction : fraction | (1n << 52n);
  return { mantissa: value < 0 ? -size : size, exponent: (power === 0n ? 1n : power) - 1075n };
}

/** A double's eight bytes with the sign folded in, so that bytes compare as numbers do. */
function ordered(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  if (Number.isNaN(value)) return bytes;
  bytes.writeDoubleBE(value === 0 ? 0 : value);
  const negative = (bytes[0] ?? 0) >= 0x80;
  if (negative) for (let i = 0; i < 8; i++) bytes[i] = 0xff - (bytes[i] ?? 0);
  else bytes[0] = (bytes[0] ?? 0) | 0x80;
  return bytes;
}
