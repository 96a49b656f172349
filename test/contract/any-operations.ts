import fc from 'fast-check';
import { anyDocuments, anyPath, anyScalar, anySort, anyValue, type Fields } from './any-document.ts';
import { anyFilter, anyOperators } from './any-filter.ts';
import { anyPipeline, anyProjection } from './any-pipeline.ts';
import { anyStep, anyUpdate } from './any-update.ts';
import { EXACT, type Operation, text } from './compare.ts';

/** What one comparison starts from and does, one call after the other. */
export type Story = { documents: Fields[]; operations: Operation[] };

const op = (method: Operation['method'], ...args: unknown[]): Operation => ({ method, args });
/** Which of several matching documents a server takes first is its own affair, unless a sort says. */
const one = anyFilter.chain((filter) => fc.integer({ min: 0, max: 7 }).map((_id) => ({ ...filter, _id })));
const limits = fc.record({ skip: fc.integer({ min: 0, max: 3 }), limit: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] });

const find = fc
  .tuple(anyFilter, anySort, limits, fc.option(anyProjection, { nil: undefined }))
  .map(([filter, sort, paging, projection]) => op('find', filter, { sort, ...paging, ...(projection && { projection }), ...EXACT }));
const count = anyFilter.map((filter) => op('countDocuments', filter));
const aggregate = anyPipeline.map((pipeline) => op('aggregate', pipeline, { ...EXACT }));

const updateAny = fc
  .tuple(fc.boolean(), anyFilter, one, anyUpdate)
  .map(([many, filter, single, { update: change, options }]) =>
    many ? op('updateMany', filter, change, options) : op('updateOne', single, change, options),
  );
/** By `array.$`. Of two conditions on arrays mongod takes the element of the one it looks at last, so there is one. */
const updateMatched = fc
  .tuple(fc.constantFrom('a', 'b'), anyOperators, anyStep, fc.constantFrom('$', '$.a'), fc.integer({ min: 0, max: 5 }))
  .filter(([, condition]) => Object.keys(condition).length === 1)
  .map(([array, condition, [operator, , operand], rest, _id]) =>
    op('updateOne', { [array]: condition, _id }, { [operator]: { [`${array}.${rest}`]: operand } }, {}),
  );
const update = fc.oneof({ weight: 9, arbitrary: updateAny }, { weight: 1, arbitrary: updateMatched });
/** A filter of which mongod sees that it matches nothing gives nothing to what is inserted, not even its `_id`. */
const possible = one.filter((filter) => !/"\$(in|all)":\[\]/.test(text(filter)));
const upsert = fc
  .tuple(fc.boolean(), possible, anyUpdate)
  .map(([many, filter, { update: change, options }]) =>
    op(many ? 'updateMany' : 'updateOne', filter, change, { ...options, upsert: true }),
  );
const replacement = anyDocuments(1).map(([first]) => ({ ...first, _id: undefined }));
const replace = fc
  .tuple(possible, replacement, fc.boolean())
  .map(([filter, { _id, ...fields }, upserting]) => op('replaceOne', filter, fields, { upsert: upserting }));
const findOneAnd = fc
  .tuple(anyFilter, possible, anySort, anyUpdate, fc.constantFrom('before', 'after'), fc.integer({ min: 0, max: 3 }))
  .map(([filter, single, sort, { update: change, options }, returnDocument, kind]) => {
    const common = { sort, ...EXACT };
    if (kind === 0) return op('findOneAndDelete', filter, common);
    if (kind === 1) return op('findOneAndReplace', filter, { c: 'new' }, { ...common, returnDocument });
    if (kind === 2) return op('findOneAndUpdate', single, change, { ...common, ...options, returnDocument, upsert: true });
    return op('findOneAndUpdate', filter, change, { ...common, ...options, returnDocument });
  });
const remove = fc
  .tuple(fc.boolean(), anyFilter, one)
  .map(([many, filter, single]) => (many ? op('deleteMany', filter) : op('deleteOne', single)));
const insert = fc
  .tuple(anyDocuments(3), fc.boolean(), fc.integer({ min: 0, max: 7 }))
  .filter(([documents]) => documents.length > 0)
  .map(([documents, ordered, from]) =>
    op(
      'insertMany',
      documents.map((fields, row) => ({ ...fields, _id: from + row })),
      { ordered },
    ),
  );

const asBulk = fc.oneof(
  update.map(({ method, args: [filter, change, options] }) => ({ [method]: { filter, update: change, ...Object(options) } })),
  upsert.map(({ method, args: [filter, change, options] }) => ({ [method]: { filter, update: change, ...Object(options) } })),
  replace.map(({ args: [filter, fields, options] }) => ({ replaceOne: { filter, replacement: fields, ...Object(options) } })),
  remove.map(({ method, args: [filter] }) => ({ [method]: { filter } })),
  fc.tuple(fc.integer({ min: 0, max: 7 }), anyValue).map(([_id, a]) => ({ insertOne: { document: { _id, a } } })),
);
const bulk = fc
  .tuple(fc.array(asBulk, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([writes, ordered]) => op('bulkWrite', writes, { ordered }));

const keys = fc
  .uniqueArray(fc.tuple(anyPath, fc.constantFrom(1, -1)), { selector: ([path]) => path, minLength: 1, maxLength: 2 })
  .map((pairs) => Object.fromEntries(pairs));
const partial = fc
  .oneof(fc.tuple(fc.constantFrom('a', 'b'), fc.oneof(anyScalar, fc.constant({ $exists: true }), fc.constant({ $gt: 0 }))))
  .map(([path, condition]) => ({ partialFilterExpression: { [path]: condition } }));
export const anyIndex = fc
  .tuple(keys, fc.boolean(), fc.oneof(fc.constant({}), fc.constant({ sparse: true }), partial))
  .map(([key, unique, more]) => op('createIndex', key, { ...(unique ? { unique } : {}), ...more }));

function story(first: fc.Arbitrary<Operation>[], rest: fc.Arbitrary<Operation>, maxLength: number): fc.Arbitrary<Story> {
  return fc
    .tuple(anyDocuments(), fc.tuple(...first), fc.array(rest, { minLength: 1, maxLength }))
    .map(([documents, before, after]) => ({ documents, operations: [...before, ...after] }));
}

/** By the name of the test. The writes of a story are followed by all documents as they are then. */
export const STORIES: Record<string, fc.Arbitrary<Story>> = {
  'finds, by filter, sort, page and projection': story([], find, 2),
  'counts and distinct values': story(
    [],
    fc.oneof(
      count,
      fc.tuple(anyPath, anyFilter).map(([path, filter]) => op('distinct', path, filter, { ...EXACT })),
    ),
    2,
  ),
  'aggregation pipelines': story([], aggregate, 1),
  updates: story([], update, 2),
  'upserts and replacements': story([], fc.oneof(upsert, replace), 2),
  'find and modify': story([], findOneAnd, 2),
  'inserts and deletes': story([], fc.oneof(insert, remove), 2),
  'bulk writes': story([], bulk, 2),
  'the same under an index': story([anyIndex], fc.oneof(insert, update, upsert, find, replace, remove), 4),
  'the same under two indexes': story([anyIndex, anyIndex], fc.oneof(insert, update, upsert, find, bulk), 3),
};
