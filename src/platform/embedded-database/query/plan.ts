import { type Doc, isPlain } from '../document.ts';
import { directed, MAX_KEY, storedKey } from '../store/index-keys.ts';
import type { Collection, Index } from '../store/storage.ts';
import { encodeValue, sameValue } from '../values/value-order.ts';

/** Bytes an index entry lies between, `start` included, `end` not; both without the index's own prefix. */
export type Bounds = { start: Buffer; end: Buffer };
type Way = { index: Index; bounds: Bounds[] };
/** How to reach the documents that may match. Every document found is still put to the filter. `sorted`: they come in the asked order. */
export type Plan = { ways: Way[]; sorted: boolean; reverse: boolean };

const AFTER = Buffer.alloc(MAX_KEY + 64, 0xff);
const MAX_BOUNDS = 1000;

/** The index that narrows the search most, or that gives the order; null means a scan of the collection. */
export function choosePlan({ indexes }: Collection, filter: Doc, order: Doc): Plan | null {
  const { wanted, alternatives } = conditionsOf(filter);
  const best = bestPlan(indexes, wanted, order);
  const parts = alternatives.flatMap((branches) => united(indexes, wanted, branches)).sort((a, b) => b.used - a.used)[0];
  return parts && parts.used > (best?.used ?? 0) ? parts : best;
}

function bestPlan(indexes: Index[], wanted: Conditions, order: Doc): Scored | null {
  const plans = indexes.filter(({ spec }) => covers(spec, wanted)).map((index) => planFor(index, wanted, order));
  return plans.filter((plan) => plan.used > 0 || plan.sorted).sort((a, b) => score(b) - score(a))[0] ?? null;
}

/** One way for each branch of an `$or`, if every branch has an index; as good as the worst of them. */
function united(indexes: Index[], wanted: Conditions, branches: Doc[]): Scored[] {
  const plans = branches.map((branch) => bestPlan(indexes, joined(wanted, conditionsOf(branch).wanted), {}));
  const known = plans.filter((plan) => plan !== null);
  if (known.length < branches.length || known.length === 0) return [];
  const used = Math.min(...known.map((plan) => plan.used));
  return [{ ways: known.flatMap(({ ways }) => ways), used, whole: false, sorted: false, reverse: false }];
}

/** `used`: two for each field fixed to values, one for a range. `whole`: all fields of a unique index are fixed. */
type Scored = Plan & { used: number; whole: boolean };

function score({ used, sorted, whole }: Scored): number {
  return (whole ? 100 : 0) + used * 2 + (sorted ? 1 : 0);
}

function planFor(index: Index, wanted: Conditions, order: Doc): Scored {
  const fields = Object.entries(index.spec.key);
  let prefixes = [Buffer.alloc(0)];
  let used = 0;
  let at = 0;
  for (; at < fields.length; at++) {
    const [path = '', direction] = fields[at] ?? [];
    const values = equalities(wanted.get(path) ?? []);
    if (!values || values.length * prefixes.length > MAX_BOUNDS) break;
    const encoded = values.map((value) => directed(encodeValue(value), direction));
    prefixes = prefixes.flatMap((prefix) => encoded.map((key) => Buffer.concat([prefix, key])));
    used += 2;
  }
  const [path = '', direction] = fields[at] ?? [];
  const range = rangeOf(wanted.get(path) ?? [], index.multikey);
  if (range) used += 1;
  const bounds = prefixes.map((prefix) => boundsOf(prefix, range, direction));
  const { sorted, reverse } = orderOf(index, fields.slice(0, at), fields.slice(at), order, bounds.length);
  const whole = index.spec.unique === true && used >= 2 * fields.length;
  return { ways: [{ index, bounds: distinct(bounds) }], used, whole, sorted, reverse };
}

/** The order asked for, read off the index: after fields fixed to one value, in its direction or all the other way round. */
function orderOf(index: Index, fixed: [string, unknown][], rest: [string, unknown][], order: Doc, parts: number) {
  const asked = Object.entries(order).filter(([path]) => !fixed.some(([name]) => name === path));
  const unfit = index.multikey || index.cut || parts > 1 || Object.keys(order).length === 0 || asked.length > rest.length;
  if (unfit) return { sorted: false, reverse: false };
  const turns = asked.map(([path, direction], at) => (rest[at]?.[0] === path ? Math.sign(Number(direction) * Number(rest[at]?.[1])) : 0));
  const same = turns.every((turn) => turn !== 0 && turn === turns[0]);
  return { sorted: same, reverse: same && turns[0] === -1 };
}

function boundsOf(prefix: Buffer, range: { low: Buffer; high: Buffer } | null, direction: unknown): Bounds {
  if (!range) return cut(prefix, Buffer.concat([prefix, AFTER]));
  const [low, high] = Number(direction) < 0 ? [range.high, range.low] : [range.low, range.high];
  return cut(Buffer.concat([prefix, directed(low, direction)]), Buffer.concat([prefix, directed(high, direction), AFTER]));
}

/** Long keys are stored cut; their bounds widen to what is left of them. */
function cut(start: Buffer, end: Buffer): Bounds {
  return {
    start: start.length > MAX_KEY ? start.subarray(0, MAX_KEY) : start,
    end: Buffer.concat([storedKey(end).subarray(0, MAX_KEY), AFTER.subarray(0, 64)]),
  };
}

function distinct(bounds: Bounds[]): Bounds[] {
  const byStart = new Map(bounds.map((bound) => [bound.start.toString('latin1'), bound]));
  return [...byStart.values()].sort((a, b) => Buffer.compare(a.start, b.start));
}

type Conditions = Map<string, unknown[]>;

/** Conditions that must all hold, by path, and the branches of each `$or`. What is under `$nor` and the like narrows nothing. */
function conditionsOf(filter: Doc): { wanted: Conditions; alternatives: Doc[][] } {
  let wanted: Conditions = new Map();
  const alternatives: Doc[][] = [];
  for (const [path, condition] of Object.entries(filter)) {
    const parts = Array.isArray(condition) ? condition.filter(isPlain) : [];
    if (path === '$or') alternatives.push(parts);
    else if (path === '$and') {
      for (const part of parts.map(conditionsOf)) {
        wanted = joined(wanted, part.wanted);
        alternatives.push(...part.alternatives);
      }
    } else if (!path.startsWith('$')) wanted = joined(wanted, new Map([[path, single(condition)]]));
  }
  return { wanted, alternatives };
}

/** `{ $gt: 1, $lt: 5 }` as two conditions; a value is one of equality. */
function single(condition: unknown): unknown[] {
  const operators = isPlain(condition) && Object.keys(condition).some((name) => name.startsWith('$'));
  return operators ? Object.entries(condition).map(([operator, operand]) => ({ [operator]: operand })) : [{ $eq: condition }];
}

function joined(left: Conditions, right: Conditions): Conditions {
  const all = new Map(left);
  for (const [path, conditions] of right) all.set(path, [...(all.get(path) ?? []), ...conditions]);
  return all;
}

/** A sparse or partial index is of use only when the filter asks for no document outside it. */
function covers(spec: Index['spec'], wanted: Conditions): boolean {
  if (spec.sparse && !Object.keys(spec.key).some((path) => (wanted.get(path) ?? []).some(demandsValue))) return false;
  if (!isPlain(spec.partialFilterExpression)) return true;
  const { wanted: demanded, alternatives } = conditionsOf(spec.partialFilterExpression);
  if (alternatives.length > 0) return false;
  return [...demanded].every(([path, parts]) =>
    parts.every((part) => (wanted.get(path) ?? []).some((condition) => sameValue(condition, part))),
  );
}

function demandsValue(condition: unknown): boolean {
  const [value] = equalities([condition]) ?? [];
  return value !== undefined && (equalities([condition]) ?? []).every((one) => one !== null);
}

/** The values a field may have, when its conditions name them. */
function equalities(conditions: unknown[]): unknown[] | null {
  for (const condition of conditions) {
    if (!isPlain(condition)) continue;
    if ('$eq' in condition && isKey(condition.$eq)) return [condition.$eq];
    if (Array.isArray(condition.$in) && condition.$in.every(isKey)) return condition.$in;
  }
  return null;
}

/** Arrays and patterns also match by their parts, so no single key stands for them. */
function isKey(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value) && !(value instanceof RegExp);
}

function rangeOf(conditions: unknown[], multikey: boolean): { low: Buffer; high: Buffer } | null {
  let low: Buffer | null = null;
  let high: Buffer | null = null;
  for (const condition of conditions.filter(isPlain)) {
    const [[operator, operand] = []] = Object.entries(condition);
    if (operand === null || !isKey(operand) || isPlain(operand)) continue;
    // Two elements of one array may satisfy one side each, so an index with arrays is narrowed from one side only.
    if (multikey && (low || high)) break;
    if (operator === '$gt' || operator === '$gte') low = encodeValue(operand);
    if (operator === '$lt' || operator === '$lte') high = encodeValue(operand);
  }
  const known = low ?? high;
  if (!known) return null;
  const type = Buffer.from([known[0] ?? 0]);
  return { low: low ?? type, high: high ?? Buffer.concat([type, AFTER.subarray(0, 32)]) };
}
