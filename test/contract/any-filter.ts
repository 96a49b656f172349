import fc from 'fast-check';
import { anyPath, anyScalar, anyValue, type Fields } from './any-document.ts';

const compared = fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte');
const pattern = fc.constantFrom('a', '^a', 'b$', '^$', '.', 'é', '[0-9]+');

const operators: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(compared, anyValue).map(([name, value]) => ({ [name]: value })) },
  { weight: 2, arbitrary: fc.tuple(anyScalar, anyScalar).map(([$gte, $lt]) => ({ $gte, $lt })) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(anyValue, { maxLength: 3 })).map(([name, list]) => ({ [name]: list })),
  },
  { weight: 2, arbitrary: fc.boolean().map(($exists) => ({ $exists })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }).map(($size) => ({ $size })) },
  { weight: 1, arbitrary: fc.array(anyValue, { maxLength: 2 }).map(($all) => ({ $all })) },
  { weight: 1, arbitrary: fc.tuple(pattern, fc.constantFrom('', 'i')).map(([$regex, $options]) => ({ $regex, $options })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('null', 'string', 'int', 'long', 'double', 'decimal', 'number', 'array', 'object')
      .map(($type) => ({ $type })),
  },
);

/** What stands beside a path: a value, operators, or their negation. */
const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyValue },
  { weight: 8, arbitrary: operators },
  { weight: 1, arbitrary: operators.map(($not) => ({ $not })) },
  { weight: 1, arbitrary: operators.map(($elemMatch) => ({ $elemMatch })) },
  { weight: 1, arbitrary: fc.tuple(anyPath, fc.oneof(anyScalar, operators)).map(([path, inner]) => ({ $elemMatch: { [path]: inner } })) },
  { weight: 1, arbitrary: fc.tuple(pattern, fc.constantFrom('', 'i')).map(([source, flags]) => new RegExp(source, flags)) },
);

const onePath: fc.Arbitrary<Fields> = fc.tuple(anyPath, condition).map(([path, inner]) => ({ [path]: inner }));

const { filter } = fc.letrec<{ filter: Fields }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 8, arbitrary: onePath },
    { weight: 2, arbitrary: fc.tuple(onePath, onePath).map(([one, other]) => ({ ...one, ...other })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('filter'), { minLength: 1, maxLength: 2 }))
        .map(([name, parts]) => ({ [name]: parts })),
    },
  ),
}));
export const anyFilter: fc.Arbitrary<Fields> = filter;
export const anyOperators: fc.Arbitrary<Fields> = operators;
