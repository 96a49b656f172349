import { parseJson } from '../../platform/parse-json.ts';
import { createPause } from '../../platform/slices.ts';
import { LABELS } from './column-titles.ts';
import { isKnownTitle, matchColumns } from './company-columns.ts';
import { MAX_RECORD } from './csv-records.ts';
import { unreadable } from './file-problems.ts';

/** `object` is null where there is no JSON object. It has no prototype: a key such as `constructor` is there only if the text has it. */
export type JsonRecord = { line: number; object: Record<string, unknown> | null; isTooLong: boolean };

type Value = { start: number; end: number; line: number; isClosed: boolean };
/** `list` is where the array begins that a value stands in. */
type Listed = Value & { list: number };

const [NEWLINE, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Read before the clock is looked at. */
const LOOK_BYTES = 16 * 1024;
const LINES_A_LOOK = 64;
const LONG_LINE = 10_000;

/**
 * The objects of a JSON text in UTF-8: one a line, one after the other over several lines, in an array, or in the longest array of an
 * object around them such as `{"results": […]}`. `line` is where each begins. A broken one costs itself. Others get their turn meanwhile.
 * Refuses with `file-unreadable` a document that holds no list.
 */
export async function jsonReader(bytes: Uint8Array): Promise<() => AsyncGenerator<JsonRecord>> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (firstLetter(text, 0) === OPEN_LIST) return () => listed(text, 1, null);
  const first = await firstValue(text);
  if (!first) return () => jsonLines(text);
  const isOnOneLine = text.subarray(first.start, first.end).indexOf(NEWLINE) === -1;
  const isAlone = firstLetter(text, first.end) === null;
  if (!isAlone) return () => (isOnOneLine ? jsonLines(text) : listed(text, 0, null));
  const list = isOnOneLine && isCompany(text, first) ? null : await longestList(text);
  if (list !== null) return () => listed(text, 2, list);
  if (!isOnOneLine) throw unreadable('json-document');
  return () => jsonLines(text);
}

/** The keys of an object, and those inside its objects that are read by their path. */
export function pathsOf(object: Record<string, unknown>): string[] {
  return Object.entries(object).flatMap(([key, value]) => [key, ...(isObject(value) ? innerPaths(value, key, MAX_DEPTH) : [])]);
}

const MAX_DEPTH = 3;
/** Keys of one inner object that are looked at. */
const MAX_KEYS = 100;

function innerPaths(object: object, above: string, depth: number): string[] {
  if (depth === 0) return [];
  return Object.entries(object)
    .slice(0, MAX_KEYS)
    .flatMap(([key, value]) => {
      const path = `${above}.${key}`;
      if (isObject(value)) return innerPaths(value, path, depth - 1);
      return isKnownTitle(path) ? [path] : [];
    });
}

/** What stands at a path. Of things with an id and a name, their names. An object that is read by its inner paths is nothing itself. */
export function valueAt(object: Record<string, unknown>, path: string, known: ReadonlySet<string>): unknown {
  if (Object.hasOwn(object, path)) {
    const value = object[path];
    if (Array.isArray(value)) return value.map(labelOf);
    return isObject(value) && innerPaths(value, path, MAX_DEPTH).some((inner) => known.has(inner)) ? undefined : value;
  }
  let at: unknown = object;
  for (const key of path.split('.')) at = isObject(at) && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
  return at;
}

function labelOf(item: unknown): unknown {
  if (!isObject(item)) return item;
  const label = LABELS.find((key) => typeof Reflect.get(item, key) === 'string' && Object.hasOwn(item, key));
  return label ? Reflect.get(item, label) : item;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function* jsonLines(text: Buffer): AsyncGenerator<JsonRecord> {
  const pause = createPause();
  let line = 0;
  for (let at = 0; at < text.length; ) {
    // Looking at the clock for every short line would take longer than the line.
    const wait = line % LINES_A_LOOK === 0 ? pause() : null;
    if (wait) await wait;
    line++;
    if (text[at] === NEWLINE) {
      at++;
      continue;
    }
    const found = text.indexOf(NEWLINE, at);
    const end = found === -1 ? text.length : found;
    const isTooLong = end - at > MAX_RECORD;
    const one = isTooLong ? '' : text.toString('utf8', at, end).trim();
    at = end + 1;
    if (one !== '' || isTooLong) yield { line, object: objectIn(one), isTooLong };
    const more = one.length > LONG_LINE ? pause() : null;
    if (more) await more;
  }
}

/** The objects at a depth: 0 side by side, 1 in an array, 2 in the array that begins at `list`. */
async function* listed(text: Buffer, depth: number, list: number | null): AsyncGenerator<JsonRecord> {
  for await (const value of valuesAt(text, depth)) {
    if (list !== null && value.list !== list) continue;
    const isTooLong = value.end - value.start > MAX_RECORD;
    const object = isTooLong || !value.isClosed ? null : objectIn(text.toString('utf8', value.start, value.end));
    yield { line: value.line, object, isTooLong };
  }
}

/** Where objects and arrays stand at a depth. Each byte is looked at once; the last is open where the text breaks off inside it. */
async function* valuesAt(text: Buffer, depth: number): AsyncGenerator<Listed> {
  const pause = createPause();
  let [level, line, list, lookAt] = [0, 1, -1, LOOK_BYTES];
  let open: Value | null = null;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    if (at > lookAt) {
      const wait = pause();
      if (wait) await wait;
      lookAt = at + LOOK_BYTES;
    }
    const byte = text[at];
    if (byte === NEWLINE) line++;
    if (isInString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) {
      isInString = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (level === depth - 1 && byte === OPEN_LIST) list = at;
      if (level === depth) open = { start: at, end: text.length, line, isClosed: false };
      level++;
    } else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && level > 0) {
      level--;
      if (level === depth && open) {
        yield { ...open, end: at + 1, isClosed: true, list };
        open = null;
      }
      if (level === depth - 1) list = -1;
    }
  }
  if (open) yield { ...open, list };
}

async function firstValue(text: Buffer): Promise<Value | null> {
  for await (const value of valuesAt(text, 0)) return value.isClosed ? value : null;
  return null;
}

/** Where the array with the most objects begins, in the object around it. */
async function longestList(text: Buffer): Promise<number | null> {
  const counts = new Map<number, number>();
  for await (const { start, list } of valuesAt(text, 2)) {
    if (list !== -1 && text[start] === OPEN_OBJECT) counts.set(list, (counts.get(list) ?? 0) + 1);
  }
  const [longest] = [...counts].sort(([, a], [, b]) => b - a);
  return longest?.[0] ?? null;
}

/** One object that names a company is a list of one, whatever lists it holds. */
function isCompany(text: Buffer, { start, end }: Value): boolean {
  const object = end - start > MAX_RECORD ? null : objectIn(text.toString('utf8', start, end));
  const { fields } = matchColumns(Object.keys(object ?? {}).slice(0, MAX_KEYS));
  return Boolean(fields.domain ?? fields.website);
}

function firstLetter(text: Buffer, from: number): number | null {
  for (let at = from; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte > 0x20 && byte !== COMMA) return byte;
  }
  return null;
}

function objectIn(text: string): Record<string, unknown> | null {
  const value = parseJson(text);
  if (!isObject(value)) return null;
  return Object.setPrototypeOf(value, null);
}
