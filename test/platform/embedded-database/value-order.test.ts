import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId } from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareValues, encodeValue } from '../../../src/platform/embedded-database/values/value-order.ts';

/** Each list in MongoDB's order; values of one inner list are equal. */
const ASCENDING: unknown[][] = [
  [new MinKey()],
  [null, undefined],
  [NaN, Decimal128.fromString('NaN')],
  [-Infinity],
  [Decimal128.fromString('-1E+400')],
  [-5.5, Decimal128.fromString('-5.50')],
  [-0, 0, Long.ZERO, Decimal128.fromString('0E+3')],
  [Number.MIN_VALUE],
  [Decimal128.fromString('0.1')],
  [0.1],
  [5, new Double(5), Long.fromNumber(5), Decimal128.fromString('5.00')],
  [2 ** 53, Long.fromString('9007199254740992')],
  [Long.fromString('9007199254740993'), Decimal128.fromString('9007199254740993')],
  [Decimal128.fromString('9007199254740993.5')],
  [Long.fromString('9007199254740994')],
  [Infinity],
  [''],
  ['\0'],
  ['a'],
  ['a\0'],
  ['ab'],
  ['é'],
  [{}],
  [{ a: 1 }],
  [{ a: 1, b: 1 }],
  [{ b: 1 }],
  [{ a: 'x' }],
  [[]],
  [[1]],
  [[1, 2]],
  [['a']],
  [new Binary(Buffer.from([9]))],
  [new Binary(Buffer.from([1, 1]))],
  [new ObjectId('0'.repeat(24))],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [/a/],
  [/a/i],
  [new MaxKey()],
];

test('values of every type come in the order of MongoDB', () => {
  for (const [at, left] of ASCENDING.entries()) {
    for (const [other, right] of ASCENDING.entries()) {
      for (const a of left) for (const b of right) expect([a, b, compareValues(a, b)]).toEqual([a, b, Math.sign(at - other) || 0]);
    }
  }
});

test('numbers compare by what they are worth, however they are stored', () => {
  const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(long, long, (a, b) => {
      const order = a < b ? -1 : a > b ? 1 : 0;
      expect(compareValues(Long.fromBigInt(a), Long.fromBigInt(b))).toBe(order);
      expect(compareValues(Decimal128.fromString(`${a}`), Long.fromBigInt(b))).toBe(order);
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
      const byBytes = Buffer.compare(encodeValue(a), encodeValue(b));
      expect(byBytes).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('no encoding is the start of another, so keys of several fields keep their order', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.constant(null),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.integer()),
  );
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [encodeValue(a), encodeValue(b)];
      if (!left.equals(right)) expect(left.subarray(0, right.length).equals(right)).toBe(false);
    }),
  );
});
