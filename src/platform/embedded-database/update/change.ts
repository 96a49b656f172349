import { Aggregator } from 'mingo/aggregator';
import { CommandError } from '../command-error.ts';
import { asDoc, type Doc, isPlain, readExact, toBytes } from '../document.ts';
import { options } from '../query/query.ts';
import { encodeValue, sameValue } from '../values/value-order.ts';
import { type ArrayFilters, placesIn, readArrayFilters } from './array-paths.ts';
import { type Leaf, setting } from './field-operators.ts';
import { demandNoConflict, type Step, stepsOf } from './update-steps.ts';

/** What an update makes of a document. `counts`: MongoDB calls it modified even when it is the same as before. */
type Changed = { document: Doc; counts: boolean };
/** An update that has been checked. It may change the document it is given. */
export type Change = { replaces: boolean; apply: (document: Doc, inserting: boolean) => Changed };
/** What an update refers to: the query for `$`, the conditions for `$[name]`, the variables of a pipeline. */
type Given = { filter: Doc; arrayFilters: unknown; variables: Doc };

const PIPELINE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

/** Reads `u` of an update: a replacement, operators, or a pipeline. Refuses what is wrong in itself, as MongoDB does before it looks
 *  for a document. */
export function readChange(update: unknown, { filter, arrayFilters, variables }: Given): Change {
  const filters = readArrayFilters(arrayFilters);
  if (Array.isArray(update)) {
    if (filters.size > 0) throw new CommandError(9, 'arrayFilters may not be specified for pipeline-syle updates');
    return { replaces: false, apply: throughPipeline(update.map(asDoc), variables) };
  }
  if (!isPlain(update)) throw new CommandError(9, 'Update argument must be either an object or an array');
  if (Object.keys(update)[0]?.startsWith('$')) {
    const steps = stepsOf(update, [...filters.keys()]);
    return { replaces: false, apply: (document, inserting) => throughSteps(document, { steps, filters, filter, inserting }) };
  }
  if (filters.size > 0) throw new CommandError(9, 'arrayFilters may not be specified for replacement-style updates');
  const replacement = toBytes(update);
  return { replaces: true, apply: (document) => ({ document: update, counts: !replacement.equals(toBytes(document)) }) };
}

/** The document after the change, and whether it counts as modified. `_id` stays, also when the new document has none. */
export function changed(bytes: Buffer, change: Change, inserting = false): { bytes: Buffer; modified: boolean } {
  const before = readExact(bytes);
  const { _id } = before;
  const { document, counts } = change.apply(before, inserting);
  if (_id !== undefined && document._id !== undefined && !sameValue(document._id, _id)) throw immutableId();
  const after = toBytes(_id === undefined ? document : Object.assign({ _id }, document, { _id }));
  return { bytes: after, modified: counts || !after.equals(bytes) };
}

function throughPipeline(pipeline: Doc[], variables: Doc): Change['apply'] {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (!PIPELINE_STAGES.includes(name)) throw new CommandError(72, `${name} is not allowed to be used within an update`);
  }
  // The stages check themselves; with nothing to do they do it now.
  const run = (documents: Doc[]) => {
    const stages = pipeline as ConstructorParameters<typeof Aggregator>[0];
    return new Aggregator(stages, { ...options, variables }).run(documents);
  };
  run([]);
  return (document) => ({ document: asDoc(run([document])[0]), counts: false });
}

type Run = { steps: Step[]; filters: ArrayFilters; filter: Doc; inserting: boolean };

function throughSteps(document: Doc, { steps, filters, filter, inserting }: Run): Changed {
  const id = document._id === undefined ? null : encodeValue(document._id);
  const dynamic = steps.some(({ path }) => path.some((name) => name.startsWith('$')));
  // Conditions are held against the elements as they were.
  const original = dynamic ? readExact(toBytes(document)) : document;
  const done: string[][] = [];
  let counts = false;
  for (const { path, leaf, from, insertOnly } of steps) {
    for (const place of dynamic ? placesIn(original, path, filters, filter) : [path]) {
      if (dynamic) for (const other of done) demandNoConflict(place, other);
      done.push(place);
      if (insertOnly && !inserting) continue;
      if (from) rename(document, from, place);
      else counts = applyLeaf(document, place, leaf) || counts;
      const touched = id !== null && [place, from].some((names) => names?.[0] === '_id');
      if (touched && !encodeValue(document._id).equals(id)) throw immutableId();
    }
  }
  return { document, counts };
}

/** True when this counts as a modification whatever comes out. */
function applyLeaf(document: Doc, path: string[], leaf: Leaf): boolean {
  const { node, name, rest } = reach(document, path);
  const value = fieldOf(node, name);
  if (value !== undefined) {
    const result = leaf.change(value);
    put(node, name, result);
    return leaf.counts === true && result !== value;
  }
  if (!canHold(node, name)) {
    if (leaf.lenient) return false;
    throw new CommandError(28, `Cannot create field '${name}' in element {${path.at(-2 - rest.length)}: ${JSON.stringify(node)}}`);
  }
  if (leaf.create)
    put(
      node,
      name,
      rest.reduceRight<unknown>((inner, field) => ({ [field]: inner }), leaf.create()),
    );
  return false;
}

function rename(document: Doc, from: string[], to: string[]): void {
  const source = reach(document, from);
  const value = source.rest.length > 0 ? undefined : fieldOf(source.node, source.name);
  if (value === undefined) {
    if (canHold(source.node, source.name)) return;
    throw new CommandError(28, `cannot use the part '${source.name}' of '${from.join('.')}' to traverse the element`);
  }
  if (source.inArray) throw new CommandError(2, `The source field cannot be an array element, '${from.join('.')}'`);
  if (reach(document, to).inArray) throw new CommandError(2, `The destination field cannot be an array element, '${to.join('.')}'`);
  applyLeaf(document, to, setting(value));
  put(source.node, source.name, undefined);
}

type Reached = { node: unknown; name: string; rest: string[]; inArray: boolean };

/** How far a path leads: the innermost value on it, the name to look up there, and the names after that. */
function reach(node: unknown, [name = '', ...rest]: string[], inArray = false): Reached {
  const next = fieldOf(node, name);
  const within = inArray || Array.isArray(node);
  return rest.length === 0 || next === undefined ? { node, name, rest, inArray: within } : reach(next, rest, within);
}

function fieldOf(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return isIndex(name) ? node[Number(name)] : undefined;
  return isPlain(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

function canHold(node: unknown, name: string): boolean {
  return isPlain(node) || (Array.isArray(node) && isIndex(name));
}

function isIndex(name: string): boolean {
  return /^\d+$/.test(name);
}

/** MongoDB fills an array up to an element that far away, and no further. */
const MAX_PADDING = 1_500_000;

/** `undefined` removes a field; an element of an array becomes null instead. */
function put(node: unknown, name: string, value: unknown): void {
  if (Array.isArray(node)) {
    if (Number(name) - node.length > MAX_PADDING) throw new CommandError(2, `can't backfill array to larger than ${MAX_PADDING} elements`);
    while (node.length < Number(name)) node.push(null);
    node[Number(name)] = value ?? null;
  } else if (isPlain(node)) {
    if (value === undefined) delete node[name];
    else Object.defineProperty(node, name, { value, writable: true, enumerable: true, configurable: true });
  }
}

function immutableId(): CommandError {
  return new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}
