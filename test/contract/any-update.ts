import fc from 'fast-check';
import { anyNumber, anyPath, anyScalar, anyValue, type Fields } from './any-document.ts';
import { anyOperators } from './any-filter.ts';

type Options = { arrayFilters?: Fields[] };
export type Update = { update: Fields | Fields[]; options: Options };

const each = fc.array(anyValue, { maxLength: 3 });
const small = fc.integer({ min: -2, max: 3 });
const modifiers: fc.Arbitrary<Fields> = fc
  .tuple(
    each,
    fc.record(
      { $position: small, $slice: small, $sort: fc.constantFrom<unknown>(1, -1, { a: 1 }, { 'a.b': -1, b: 1 }) },
      { requiredKeys: [] },
    ),
  )
  .map(([$each, more]) => ({ $each, ...more }));

const OPERATORS = ['$set', '$unset', '$inc', '$mul', '$min', '$max', '$rename', '$push', '$addToSet', '$pull', '$pullAll', '$pop', '$bit'];

/** One operator with its path and argument. */
type Step = [string, string, unknown];
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom('$set', '$setOnInsert'), anyPath, anyValue) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('$unset'), anyPath, fc.constant('')) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('$inc', '$mul'), anyPath, anyNumber) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('$min', '$max'), anyPath, anyValue) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('$push', '$addToSet', '$pull'), anyPath, anyValue) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('$push'), anyPath, modifiers) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('$addToSet'),
      anyPath,
      each.map(($each) => ({ $each })),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('$pull'), anyPath, anyOperators) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('$pull'),
      anyPath,
      fc.tuple(anyPath, anyScalar).map(([path, value]) => ({ [path]: value })),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('$pullAll'), anyPath, each) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('$pop'), anyPath, fc.constantFrom(1, -1)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('$rename'), anyPath, anyPath) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('$bit'),
      anyPath,
      fc.tuple(fc.constantFrom('and', 'or', 'xor'), anyNumber).map(([name, mask]) => ({ [name]: mask })),
    ),
  },
  // Operands that do not suit the operator, and the one field no update may change.
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...OPERATORS), anyPath, anyValue) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...OPERATORS), fc.constantFrom('_id', '_id.a', 'a.$[]', 'b.$[].a', ''), anyScalar) },
);

function together(steps: Step[]): Fields {
  const update: Record<string, Fields> = {};
  for (const [operator, path, argument] of steps) update[operator] = { ...update[operator], [path]: argument };
  return update;
}

const byOperators: fc.Arbitrary<Update> = fc
  .array(anyStep, { minLength: 1, maxLength: 3 })
  .map((steps) => ({ update: together(steps), options: {} }));

/** An operator on the elements that meet a condition, alone or beside another one. */
const byArrayFilters: fc.Arbitrary<Update> = fc
  .tuple(
    fc.constantFrom('a.$[e]', 'b.$[e].a', 'a.b.$[e]', 'a.$[].$[e]'),
    anyStep,
    fc.array(anyStep, { maxLength: 1 }),
    anyOperators,
    fc.boolean(),
  )
  .map(([path, [operator, , operand], others, condition, nested]) => ({
    update: together([[operator, path, operand], ...others]),
    options: { arrayFilters: [{ [nested ? 'e.a' : 'e']: condition }] },
  }));

const stage: fc.Arbitrary<Fields> = fc.oneof(
  fc.tuple(anyPath, anyScalar).map(([path, $literal]) => ({ $set: { [path]: { $literal } } })),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('$a', '$b.a', '$c')).map(([path, from]) => ({ $set: { [path]: from } })),
  fc
    .constantFrom('a', 'b', 'c')
    .map((path) => ({ $set: { [path]: { $cond: [{ $gt: ['$a', '$b'] }, '$a', { $ifNull: ['$b', 'none'] }] } } })),
  anyPath.map(($unset) => ({ $unset })),
);
const fieldOf = ({ $set, $unset }: Fields) => String($unset ?? Object.keys(Object($set))[0]).split('.')[0];
/** One stage for a field: one that a stage removes and a later one sets again is where it was in mongod, and last in the engine. */
const byPipeline: fc.Arbitrary<Update> = fc
  .uniqueArray(stage, { minLength: 1, maxLength: 2, selector: fieldOf })
  .map((update) => ({ update, options: {} }));

export const anyUpdate: fc.Arbitrary<Update> = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: byOperators },
  { weight: 2, arbitrary: byArrayFilters },
  { weight: 1, arbitrary: byPipeline },
);
