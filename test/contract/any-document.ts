import fc from 'fast-check';
import mongoose from 'mongoose';

const { Decimal128, Double, Long, ObjectId, UUID } = mongoose.mongo.BSON;

/** A value as the driver takes it. Small domains on purpose: values must meet, or no filter matches anything. */
export type Value = unknown;
export type Fields = Record<string, unknown>;

const integers = fc.integer({ min: -2, max: 4 });
export const anyNumber: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: integers },
  { weight: 2, arbitrary: integers.map((value) => Long.fromNumber(value)) },
  { weight: 1, arbitrary: fc.constantFrom(Long.MAX_VALUE, Long.fromString('2147483648'), Long.fromString('9007199254740993')) },
  { weight: 2, arbitrary: fc.constantFrom(-1.5, 0.5, 1, 2, 2.5, 1e20, Number.POSITIVE_INFINITY).map((value) => new Double(value)) },
  { weight: 2, arbitrary: fc.constantFrom('-1', '0.5', '1', '1.0', '2.50', '0.1').map((value) => Decimal128.fromString(value)) },
);

export const anyText = fc.constantFrom('', 'a', 'ab', 'B', 'b', 'é', 'a.b', '1', '10', '9');

export const anyScalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: anyNumber },
  { weight: 4, arbitrary: anyText },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom(0, 1_000, -1_000, 1_795_000_000_000).map((time) => new Date(time)) },
  { weight: 1, arbitrary: fc.constantFrom('650000000000000000000001', '650000000000000000000002').map((hex) => new ObjectId(hex)) },
  { weight: 1, arbitrary: fc.constantFrom('00000000-0000-4000-8000-000000000001').map((text) => new UUID(text).toBinary()) },
);

const NAMES = ['a', 'b', 'c'] as const;

/** Fields in any order, any of them missing. */
function fieldsOf(value: fc.Arbitrary<Value>, maxLength = 3): fc.Arbitrary<Fields> {
  const entry = fc.tuple(fc.constantFrom(...NAMES), value);
  return fc.uniqueArray(entry, { selector: ([name]) => name, maxLength }).map((entries) => Object.fromEntries(entries));
}

const { value } = fc.letrec<{ value: Value; list: Value[]; nested: Fields }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: anyScalar },
    { weight: 3, arbitrary: tie('list') },
    { weight: 2, arbitrary: tie('nested') },
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  nested: fieldsOf(tie('value'), 2),
}));
export const anyValue: fc.Arbitrary<Value> = value;

export const anyPath = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string>(...NAMES) },
  { weight: 3, arbitrary: fc.constantFrom('a.b', 'a.c', 'b.a', 'c.b', 'a.b.c') },
  { weight: 1, arbitrary: fc.constantFrom('a.0', 'b.1', 'a.0.b', 'a.b.0') },
);

/** Up to `maxLength` documents, `_id` 0, 1, 2 …: in the order of insertion. */
export function anyDocuments(maxLength = 6): fc.Arbitrary<Fields[]> {
  return fc.array(fieldsOf(value), { maxLength }).map((all) => all.map((fields, row) => ({ _id: row, ...fields })));
}

/** A sort that leaves no two documents equal. */
export const anySort: fc.Arbitrary<Fields> = fc
  .uniqueArray(fc.tuple(anyPath, fc.constantFrom(1, -1)), { selector: ([path]) => path.split('.')[0], maxLength: 2 })
  .map((keys) => ({ ...Object.fromEntries(keys), _id: 1 }));
