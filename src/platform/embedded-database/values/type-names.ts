import { CommandError } from '../command-error.ts';
import { isPlain } from '../document.ts';
import { isNumeric, kindOf } from './numbers.ts';

type Test = (value: unknown) => boolean;

/** BSON's number of each type, and its name. */
const TYPES: [number, string, Test][] = [
  [1, 'double', (value) => kindOf(value) === 'double'],
  [2, 'string', (value) => typeof value === 'string'],
  [3, 'object', isPlain],
  [4, 'array', Array.isArray],
  [5, 'binData', (value) => bsonType(value) === 'Binary'],
  [7, 'objectId', (value) => bsonType(value) === 'ObjectId'],
  [8, 'bool', (value) => typeof value === 'boolean'],
  [9, 'date', (value) => value instanceof Date],
  [10, 'null', (value) => value === null],
  [11, 'regex', (value) => value instanceof RegExp || bsonType(value) === 'BSONRegExp'],
  [16, 'int', (value) => kindOf(value) === 'int'],
  [17, 'timestamp', (value) => bsonType(value) === 'Timestamp'],
  [18, 'long', (value) => kindOf(value) === 'long'],
  [19, 'decimal', (value) => kindOf(value) === 'decimal'],
  [-1, 'minKey', (value) => bsonType(value) === 'MinKey'],
  [127, 'maxKey', (value) => bsonType(value) === 'MaxKey'],
  [Number.NaN, 'number', isNumeric],
];

function bsonType(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '_bsontype' in value ? value._bsontype : undefined;
}

/** MongoDB's name for a value's type, as `$type` of a pipeline gives it. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  return TYPES.find(([, , test]) => test(value))?.[1] ?? 'javascript';
}

/** The test `$type` of a filter makes, for one type or any of several. */
export function ofType(operand: unknown): Test {
  const wanted = (Array.isArray(operand) ? operand : [operand]).map((name) => {
    const type = TYPES.find(([code, alias]) => code === name || alias === name);
    if (!type) throw new CommandError(2, `Unknown type name alias: ${String(name)}`);
    return type[2];
  });
  return (value) => wanted.some((test) => test(value));
}
