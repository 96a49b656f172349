import fc from 'fast-check';
import { anyPath, anySort, anyValue, type Fields } from './any-document.ts';
import { anyFilter } from './any-filter.ts';

const field = fc.constantFrom('$a', '$b', '$c', '$a.b', '$b.a', '$_id');

/** Of another type than an operator takes, nothing in place of a refusal: which operand is refused first is not compared. */
const listOf = (input: unknown) => ({ $cond: [{ $isArray: input }, input, []] });
const numberOf = (input: unknown) => ({ $cond: [{ $isNumber: input }, input, 0] });
/** Decimals apart, whose digits after a sum with a double are each server's own. */
const whole = fc.oneof(
  field.map((input) => ({ $cond: [{ $in: [{ $type: input }, ['int', 'long', 'double']] }, input, 3] })),
  fc.integer({ min: -5, max: 5 }),
);
const number = fc.oneof(whole, field.map(numberOf));

const expression: fc.Arbitrary<unknown> = fc.oneof(
  field,
  anyValue.map(($literal) => ({ $literal })),
  fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$cmp'), field, field).map(([name, ...both]) => ({ [name]: both })),
  fc.tuple(field, field).map((both) => ({ $ifNull: both })),
  field.map((input) => ({ $type: input })),
  field.map((input) => ({ $cond: [{ $isArray: input }, { $size: { $cond: [{ $isArray: input }, input, []] } }, null] })),
  fc.tuple(field, field).map(([$and, other]) => ({ $and: [$and, other] })),
  fc.tuple(field, field).map(([one, other]) => ({ $or: [one, { $not: [other] }] })),
  fc.tuple(field, field).map(([one, other]) => ({ $concatArrays: [listOf(one), listOf(other)] })),
  fc.tuple(field, field).map(([one, other]) => ({ $mergeObjects: ['$$ROOT', { one, other }] })),
  fc.tuple(fc.constantFrom('$add', '$subtract', '$multiply'), number, number).map(([name, ...both]) => ({ [name]: both })),
  number.map((input) => ({ $divide: [input, 4] })),
  fc.tuple(fc.constantFrom('$abs', '$ceil', '$floor', '$trunc'), whole).map(([name, input]) => ({ [name]: input })),
  fc.tuple(fc.constantFrom('$sum', '$min', '$max', '$avg'), field).map(([name, input]) => ({ [name]: input })),
  field.map((input) => ({ $map: { input: listOf(input), as: 'one', in: { is: '$$one.a', same: { $eq: ['$$one', '$a'] } } } })),
  field.map((input) => ({ $filter: { input: listOf(input), cond: { $gt: ['$$this', '$b'] } } })),
  field.map((input) => ({ $arrayElemAt: [listOf(input), -1] })),
  fc.tuple(field, field).map(([value, input]) => ({ $in: [value, listOf(input)] })),
  fc.tuple(field, field).map(([x, y]) => ({ $let: { vars: { x }, in: { x: '$$x', y: ['$$x', y] } } })),
);

const projection: fc.Arbitrary<Fields> = fc.oneof(
  fc
    .uniqueArray(anyPath, { minLength: 1, maxLength: 2, selector: (path) => path.split('.')[0] })
    .map((paths) => Object.fromEntries(paths.map((path) => [path, 1]))),
  fc
    .uniqueArray(anyPath, { minLength: 1, maxLength: 2, selector: (path) => path.split('.')[0] })
    .map((paths) => Object.fromEntries(paths.map((path) => [path, 0]))),
);
/** For `find` and `$project`: fields in or out, with or without `_id`. */
export const anyProjection: fc.Arbitrary<Fields> = fc
  .tuple(projection, fc.boolean())
  .map(([fields, hideId]) => (hideId ? { ...fields, _id: 0 } : fields));

/** Stages that keep the order of their input. */
const stage: fc.Arbitrary<Fields> = fc.oneof(
  anyFilter.map(($match) => ({ $match })),
  // A field taken away and set again stands where it was in mongod, at the end in the engine: `c` is never taken away here, others never set.
  anyProjection.filter(({ c }) => c !== 0).map(($project) => ({ $project })),
  fc.tuple(fc.constantFrom('c', 'd', 'd.e'), expression).map(([path, value]) => ({ $addFields: { [path]: { $ifNull: [value, null] } } })),
  fc.tuple(fc.constantFrom('a', 'd'), expression).map(([path, value]) => ({ $project: { b: 1, [path]: value } })),
  fc.tuple(fc.constantFrom('$a', '$b', '$a.b'), fc.boolean(), fc.boolean()).map(([path, preserveNullAndEmptyArrays, numbered]) => ({
    $unwind: { path, preserveNullAndEmptyArrays, ...(numbered ? { includeArrayIndex: 'n' } : {}) },
  })),
  fc.tuple(anyPath, anyPath).map(([localField, foreignField]) => ({ $lookup: { from: 'other', localField, foreignField, as: 'found' } })),
  fc.constant({
    $lookup: {
      from: 'other',
      let: { mine: '$a' },
      pipeline: [{ $match: { $expr: { $eq: ['$a', '$$mine'] } } }, { $project: { b: 1 } }],
      as: 'found',
    },
  }),
  field.map((inside) => ({ $replaceRoot: { newRoot: { $mergeObjects: [{ _id: '$_id' }, { inside }] } } })),
  anyPath.filter((path) => path !== 'c').map(($unset) => ({ $unset })),
  fc.constantFrom(1, 3).map(($limit) => ({ $limit })),
  fc.constantFrom(1, 2).map(($skip) => ({ $skip })),
);

const accumulators: fc.Arbitrary<Fields> = fc.record(
  {
    sum: field.map(($sum) => ({ $sum })),
    count: fc.constant({ $sum: 1 }),
    least: field.map(($min) => ({ $min })),
    most: field.map(($max) => ({ $max })),
    first: field.map(($first) => ({ $first })),
    last: field.map(($last) => ({ $last })),
    all: field.map(($push) => ({ $push })),
    mean: field.map(($avg) => ({ $avg })),
  },
  { requiredKeys: ['count'] },
);
const group: fc.Arbitrary<Fields[]> = fc
  .tuple(
    fc.oneof(
      field,
      fc.constant(null),
      fc.tuple(field, field).map(([x, y]) => ({ x, y })),
    ),
    accumulators,
  )
  .map(([_id, more]) => [{ $group: { _id, ...more } }, { $sort: { _id: 1 } }]);

const ending: fc.Arbitrary<Fields[]> = fc.oneof(
  fc.constant<Fields[]>([]),
  group,
  fc.constant<Fields[]>([{ $count: 'n' }]),
  fc.tuple(stage, group).map(([one, grouped]) => [{ $facet: { one: [one], grouped, counted: [{ $count: 'n' }] } }]),
);

/** Starts from a total order, so that every stage has one right answer. */
export const anyPipeline: fc.Arbitrary<Fields[]> = fc
  .tuple(fc.option(anyFilter, { nil: undefined }), anySort, fc.array(stage, { maxLength: 2 }), ending)
  .map(([$match, $sort, stages, end]) => [...($match ? [{ $match }] : []), { $sort }, ...stages, ...end]);
