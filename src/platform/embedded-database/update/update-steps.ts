import { CommandError } from '../command-error.ts';
import { type Doc, isPlain } from '../document.ts';
import { arrayOperators } from './array-operators.ts';
import { fieldOperators, type Leaf, type Operator } from './field-operators.ts';

const OPERATORS: Record<string, Operator> = { ...fieldOperators, ...arrayOperators };

/** One field's change. `from`: the field a $rename takes the value from. */
export type Step = { path: string[]; leaf: Leaf; insertOnly: boolean; from?: string[] };

/** The steps of an update by operators, in the order MongoDB makes them in. Refuses what MongoDB refuses before it looks for a
 *  document: unknown operators, wrong operands, paths that cannot be, two changes to one field. */
export function stepsOf(update: Doc, identifiers: string[]): Step[] {
  const steps: Step[] = [];
  const claimed: string[][] = [];
  for (const [operator, fields] of Object.entries(update)) {
    const make = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (!make && operator !== '$rename') throw new CommandError(9, `Unknown modifier: ${operator}. Expected a valid update modifier`);
    if (!isPlain(fields)) throw new CommandError(9, `Modifiers operate on fields but we found another type instead: {${operator}: ...}`);
    for (const [path, operand] of Object.entries(fields)) {
      const step = make
        ? { path: parsed(path), leaf: make(operand, path), insertOnly: operator === '$setOnInsert' }
        : renaming(path, operand, claimed, identifiers);
      claim(step.path, claimed, identifiers);
      steps.push(step);
    }
  }
  const unused = identifiers.find((name) => !claimed.some((path) => path.includes(`$[${name}]`)));
  if (unused !== undefined) throw new CommandError(9, `The array filter for identifier '${unused}' was not used in the update`);
  return steps.sort((a, b) => comparePaths(a.path, b.path));
}

function renaming(from: string, to: unknown, claimed: string[][], identifiers: string[]): Step {
  const source = parsed(from);
  claim(source, claimed, identifiers);
  if (typeof to !== 'string') throw new CommandError(2, `The 'to' field for $rename must be a string: ${from}`);
  const path = parsed(to);
  if (common(source, path) === Math.min(source.length, path.length)) {
    throw new CommandError(2, `The source and target field for $rename must not be on the same path: ${from}: "${to}"`);
  }
  if ([...source, ...path].some((name) => name.startsWith('$')))
    throw new CommandError(2, `The fields of $rename may not be dynamic: ${from}`);
  return { path, from: source, leaf: { change: (value) => value }, insertOnly: false };
}

function parsed(path: string): string[] {
  const names = path.split('.');
  if (names.includes('')) throw new CommandError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (names[0] === '$' || names.indexOf('$') !== names.lastIndexOf('$'))
    throw new CommandError(2, `A positional element cannot be there in '${path}'`);
  const dollar = names.find((name) => name.startsWith('$') && name !== '$' && !/^\$\[.*\]$/.test(name));
  if (dollar) throw new CommandError(52, `The dollar ($) prefixed field '${dollar}' in '${path}' is not valid for storage.`);
  return names;
}

function claim(path: string[], claimed: string[][], identifiers: string[]): void {
  for (const [at, name] of path.entries()) {
    const identifier = /^\$\[(.*)\]$/.exec(name)?.[1];
    if (identifier === undefined) continue;
    if (at === 0) throw new CommandError(2, `Cannot have array filter identifier in the first position in path '${path.join('.')}'`);
    if (identifier !== '' && !identifiers.includes(identifier))
      throw new CommandError(2, `No array filter found for identifier '${identifier}'`);
  }
  for (const other of claimed) demandNoConflict(path, other);
  claimed.push(path);
}

/** Refuses two changes to one field, to a field and one inside it, or to fields and all elements of one place. */
export function demandNoConflict(path: string[], other: string[]): void {
  const same = common(path, other);
  const elements = [path, other].filter((names) => names[same]?.startsWith('$[')).length;
  if (same < Math.min(path.length, other.length) && elements !== 1) return;
  throw new CommandError(40, `Updating the path '${path.join('.')}' would create a conflict at '${path.slice(0, same).join('.')}'`);
}

function common(a: string[], b: string[]): number {
  const different = a.findIndex((name, at) => name !== b[at]);
  return different < 0 ? a.length : different;
}

function comparePaths(left: string[], right: string[]): number {
  const at = common(left, right);
  const [one = '', two = ''] = [left[at], right[at]];
  const numeric = /^\d+$/.test(one) && /^\d+$/.test(two) ? Number(one) - Number(two) : 0;
  return numeric || (one < two ? -1 : 1);
}
