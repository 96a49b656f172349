import { CommandError } from '../command-error.ts';
import { type Doc, isPlain } from '../document.ts';
import { isNumeric, plainNumber } from '../values/numbers.ts';
import { checkExpression, evaluate, type Scope } from './expressions.ts';

/** What is said of a field: kept, dropped, computed, or something of its own fields. */
type Rule = 'keep' | 'drop' | Compute | Fields;
export type Compute = (scope: Scope) => unknown;
export type Fields = Map<string, Rule>;
/** `others`: what happens to fields nothing is said of. */
export type Projection = { fields: Fields; others: 'keep' | 'drop' };

/** Fields to keep or to drop, and fields to compute. Refuses a mixture, and two things said of one path. */
export function readProjection(given: Doc, compute: (value: unknown) => Compute = computing): Projection {
  const fields: Fields = new Map();
  const kinds: Rule[] = [];
  let id: Rule | undefined;
  for (const [path, value] of flat(given)) {
    const rule = flagOf(value) ?? compute(value);
    setRule(fields, path, rule);
    if (path === '_id') id = rule;
    else kinds.push(rule);
  }
  const [first = id] = kinds;
  const stray = kinds.find((rule) => (rule === 'drop') !== (first === 'drop'));
  if (stray) throw new CommandError(stray === 'drop' ? 31254 : 31253, 'Cannot do inclusion and exclusion in one projection');
  if (first !== 'drop' && id === undefined) fields.set('_id', 'keep');
  return { fields, others: first === 'drop' ? 'keep' : 'drop' };
}

/** Fields to set, of `$addFields`. */
export function readAdditions(given: Doc): Projection {
  const fields: Fields = new Map();
  for (const [path, expression] of Object.entries(given)) {
    setRule(fields, path, computing(expression));
  }
  return { fields, others: 'keep' };
}

/** The document as the projection wants it. `scope` is that of the whole document. */
export function applyProjection(document: Doc, projection: Projection, scope: Scope): Doc {
  return computed(chosen(document, projection), projection.fields, scope);
}

/** Objects inside say the same as dotted paths: `{ a: { b: 1 } }`. */
function flat(given: Doc, before = ''): [string, unknown][] {
  return Object.entries(given).flatMap(([name, value]) => {
    const names = isPlain(value) ? Object.keys(value) : [];
    const nested = isPlain(value) && names.length > 0 && !names.some((inner) => inner.startsWith('$'));
    if (isPlain(value) && names.length === 0)
      throw new CommandError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    return nested ? flat(value, `${before}${name}.`) : [[`${before}${name}`, value] as [string, unknown]];
  });
}

function flagOf(value: unknown): 'keep' | 'drop' | null {
  if (typeof value !== 'boolean' && !isNumeric(value)) return null;
  return value === false || plainNumber(value) === 0 ? 'drop' : 'keep';
}

export function computing(expression: unknown): Compute {
  checkExpression(expression);
  return (scope) => evaluate(expression, scope);
}

function setRule(fields: Fields, path: string, rule: Rule): void {
  const [name = '', ...rest] = path.split('.');
  if (name === '') throw new CommandError(path === '' ? 40352 : 40353, 'FieldPath must not end with a dot, nor be empty');
  if (name.startsWith('$'))
    throw new CommandError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField: ${name}`);
  const there = fields.get(name);
  if (rest.length === 0) {
    if (there !== undefined) throw new CommandError(31250, `Path collision at ${path}`);
    fields.set(name, rule);
    return;
  }
  const below: Rule = there ?? new Map();
  if (!(below instanceof Map)) throw new CommandError(31249, `Path collision at ${path}`);
  fields.set(name, below);
  setRule(below, rest.join('.'), rule);
}

/** What is kept of the fields there are, in their order. */
function chosen(document: Doc, { fields, others }: Projection): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const rule = fields.get(name);
    if (rule === undefined || typeof rule === 'function' ? others === 'drop' : rule === 'drop') continue;
    const inside = rule instanceof Map ? chosenInside(value, { fields: rule, others }) : value;
    if (inside !== undefined) result[name] = inside;
  }
  return result;
}

function chosenInside(value: unknown, projection: Projection): unknown {
  if (Array.isArray(value)) return value.map((item) => chosenInside(item, projection)).filter((item) => item !== undefined);
  if (isPlain(value)) return chosen(value, projection);
  if (projection.others === 'keep') return value;
  // Where fields are to be computed they take the place of a value that has none.
  return computes(projection.fields) ? {} : undefined;
}

/** In place: `document` is the copy `chosen` made. */
function computed(document: Doc, fields: Fields, scope: Scope): Doc {
  for (const [name, rule] of fields) {
    if (rule instanceof Map && computes(rule)) document[name] = computedInside(document[name], rule, scope);
    if (typeof rule !== 'function') continue;
    const value = rule(scope);
    if (value === undefined) delete document[name];
    else document[name] = value;
  }
  return document;
}

function computedInside(value: unknown, fields: Fields, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => computedInside(item, fields, scope));
  return computed(isPlain(value) ? { ...value } : {}, fields, scope);
}

function computes(fields: Fields): boolean {
  return [...fields.values()].some((rule) => typeof rule === 'function' || (rule instanceof Map && computes(rule)));
}
