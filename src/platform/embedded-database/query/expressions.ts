import type { Options } from 'mingo/types';
import { CommandError } from '../command-error.ts';
import { type Doc, isPlain } from '../document.ts';
import { child } from '../store/index-keys.ts';
import { isNumeric, plainNumber } from '../values/numbers.ts';
import { applied, isOperator } from './operators.ts';

/** What `$$name` stands for: ROOT, CURRENT, NOW and whatever an operator binds. */
export type Scope = Readonly<Doc>;

/** The value of an expression, with its BSON type; `undefined` where MongoDB has none ("missing").
 *  Source: MongoDB manual, "Aggregation expressions". */
export function evaluate(expression: unknown, scope: Scope): unknown {
  if (typeof expression === 'string') return expression.startsWith('$') ? atPath(expression, scope) : expression;
  if (Array.isArray(expression)) return expression.map((item) => evaluate(item, scope) ?? null);
  if (!isPlain(expression)) return expression;
  const [name = ''] = Object.keys(expression);
  if (name.startsWith('$')) return operate(name, expression[name], scope);
  const fields = Object.entries(expression).map(([field, value]) => [field, evaluate(value, scope)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function operate(name: string, operand: unknown, scope: Scope): unknown {
  const lazy = LAZY[name];
  if (lazy) return lazy(operand, scope);
  if (!Array.isArray(operand)) return applied(name, evaluate(operand, scope));
  return applied(
    name,
    operand.map((item) => evaluate(item, scope)),
    true,
  );
}

/** Refuses what MongoDB refuses before it looks at any document. */
export function checkExpression(expression: unknown): void {
  if (Array.isArray(expression)) for (const item of expression) checkExpression(item);
  if (expression === '$') throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  if (!isPlain(expression) || '$literal' in expression) return;
  const names = Object.keys(expression);
  if (names[0]?.startsWith('$')) {
    if (names.length > 1) throw new CommandError(15983, 'An object representing an expression must have exactly one field');
    if (!(names[0] in LAZY) && !isOperator(names[0])) throw new CommandError(168, `Unrecognized expression '${names[0]}'`);
  }
  for (const value of Object.values(expression)) checkExpression(value);
}

/** What a stage's expressions see of one document. */
export function scopeOf(
  document: unknown,
  { variables, local, now }: Partial<Options> & { local?: { variables?: Doc }; now?: Date },
): Scope {
  return { NOW: now ?? new Date(), ...variables, ...local?.variables, ROOT: document, CURRENT: document };
}

export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumeric(value) && plainNumber(value) === 0);
}

function atPath(text: string, scope: Scope): unknown {
  const [first = '', ...names] = text.slice(text.startsWith('$$') ? 2 : 1).split('.');
  if (!text.startsWith('$$')) return valueAt(scope.CURRENT, [first, ...names]);
  if (first === 'REMOVE') return undefined;
  if (!Object.hasOwn(scope, first)) throw new CommandError(17276, `Use of undefined variable: ${first}`);
  return valueAt(scope[first], names);
}

/** Of an array on the way, the values of its objects; numbers in a path name fields here, not elements. */
function valueAt(node: unknown, names: string[]): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return node;
  if (!Array.isArray(node)) return valueAt(child(node, name), rest);
  return node.flatMap((item) => {
    const value = isPlain(item) ? valueAt(item, names) : undefined;
    return value === undefined ? [] : [value];
  });
}

/** Operators that do not evaluate all their operands, or evaluate them under other names. */
const LAZY: Record<string, (operand: unknown, scope: Scope) => unknown> = {
  $literal: (operand) => operand,
  $const: (operand) => operand,
  $and: (operand, scope) => listed(operand).every((item) => isTrue(evaluate(item, scope))),
  $or: (operand, scope) => listed(operand).some((item) => isTrue(evaluate(item, scope))),
  $cond: (operand, scope) => {
    const [test, then, otherwise] = Array.isArray(operand) ? operand : ['if', 'then', 'else'].map((name) => named(operand, name, '$cond'));
    return evaluate(isTrue(evaluate(test, scope)) ? then : otherwise, scope);
  },
  $switch: (operand, scope) => {
    const chosen = listed(named(operand, 'branches', '$switch')).find((branch) =>
      isTrue(evaluate(named(branch, 'case', '$switch'), scope)),
    );
    if (chosen !== undefined) return evaluate(named(chosen, 'then', '$switch'), scope);
    if (isPlain(operand) && 'default' in operand) return evaluate(operand.default, scope);
    throw new CommandError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
  },
  $ifNull: (operand, scope) => {
    let value: unknown;
    for (const item of listed(operand)) {
      value = evaluate(item, scope);
      if (value !== undefined && value !== null) return value;
    }
    return value;
  },
  $let: (operand, scope) => evaluate(named(operand, 'in', '$let'), { ...scope, ...bound(named(operand, 'vars', '$let'), scope) }),
  $map: (operand, scope) => over('$map', operand, scope, (items, each) => items.map((item) => each(item) ?? null), 'in'),
  $filter: (operand, scope) => over('$filter', operand, scope, (items, each) => items.filter((item) => isTrue(each(item))), 'cond'),
  $reduce: (operand, scope) => {
    const items = evaluate(named(operand, 'input', '$reduce'), scope);
    if (items === null || items === undefined) return null;
    if (!Array.isArray(items)) throw new CommandError(40080, "$reduce requires that 'input' be an array");
    const step = named(operand, 'in', '$reduce');
    const start = evaluate(named(operand, 'initialValue', '$reduce'), scope);
    return items.reduce((value, item) => evaluate(step, { ...scope, value, this: item }), start);
  },
};

type Over = (items: unknown[], each: (item: unknown) => unknown) => unknown[];

function over(operator: string, operand: unknown, scope: Scope, act: Over, body: string): unknown {
  const items = evaluate(named(operand, 'input', operator), scope);
  if (items === null || items === undefined) return null;
  if (!Array.isArray(items)) throw new CommandError(operator === '$map' ? 16883 : 28651, `input to ${operator} must be an array`);
  const name = isPlain(operand) && typeof operand.as === 'string' ? operand.as : 'this';
  const expression = named(operand, body, operator);
  return act(items, (item) => evaluate(expression, { ...scope, [name]: item }));
}

/** The values `let` and `$let` give to names. */
export function bound(variables: unknown, scope: Scope): Doc {
  return Object.fromEntries(Object.entries(isPlain(variables) ? variables : {}).map(([name, value]) => [name, evaluate(value, scope)]));
}

function named(operand: unknown, name: string, operator: string): unknown {
  if (!isPlain(operand) || !(name in operand)) throw new CommandError(9, `Missing '${name}' parameter to ${operator}`);
  return operand[name];
}

function listed(operand: unknown): unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}
