import { createPause } from '../../platform/slices.ts';
import { MAX_COLUMNS, MAX_ROWS, unreadable } from './file-problems.ts';
import { unpackWorkbook } from './xlsx-parts.ts';

/** Numbers stay numbers. `links` says where a cell leads that can be clicked. Both are sparse. `line` is the number of the row, from 1. */
export type SheetRow = { line: number; cells: (string | number)[]; links: Map<number, string> };

/** Cells of a sheet that are read, and texts that they share. */
const MAX_CELLS = 5_000_000;
/** Places in the rows of a sheet, also the empty ones before a cell: each takes 8 bytes. */
const MAX_PLACES = 10_000_000;
/** Characters of a cell: Excel allows no more. */
const MAX_CELL = 32_767;
/** Cells under one link. */
const MAX_LINKED = 1_000;
/** Cells under all links of a sheet; Excel allows 65,530 links. */
const MAX_ALL_LINKED = 500_000;
const MAX_SHEETS = 10;
/** Read before others get their turn. */
const CHUNK = 16 * 1024;

/** The sheets that people see, in their order. Dates stay the numbers that Excel keeps. Refuses with `file-unreadable`. */
export async function* readSheets(zip: Uint8Array): AsyncGenerator<SheetRow[]> {
  const parts = await unpackWorkbook(zip);
  const names = await sheetParts(parts);
  if (names.length === 0) throw unreadable('spreadsheet');
  const shared = await sharedTexts(parts.get('xl/sharedStrings.xml'));
  for (const name of names.slice(0, MAX_SHEETS)) {
    const sheet = parts.get(name);
    if (!sheet) throw unreadable('spreadsheet');
    yield await readSheet(sheet, shared, await relations(parts.get(relationsOf(name))));
  }
}

type Attributes = Record<string, string>;
type Handler = { open?: (name: string, attributes: Attributes) => void; text?: (text: string) => void; close?: (name: string) => void };

/** Names come without their prefix. Nothing outside the text is loaded: no entity but those of XML is known. */
async function parseXml(xml: Uint8Array, { open, text, close }: Handler): Promise<void> {
  const { Parser } = await import('htmlparser2');
  const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => open?.(bare(name), attributes),
      ontext: (some) => text?.(some),
      onclosetag: (name) => close?.(bare(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new TextDecoder();
  const pause = createPause();
  for (let at = 0; at < xml.length; at += CHUNK) {
    parser.write(decoder.decode(xml.subarray(at, at + CHUNK), { stream: true }));
    const wait = pause();
    if (wait) await wait;
  }
  parser.end();
}

async function sheetParts(parts: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const targets = await relations(parts.get('xl/_rels/workbook.xml.rels'));
  const found: string[] = [];
  await parseXml(parts.get('xl/workbook.xml') ?? Buffer.alloc(0), {
    open: (name, attributes) => {
      if (name !== 'sheet' || /hidden/i.test(attributes.state ?? '')) return;
      const target = targets.get(attributes['r:id'] ?? attributes.id ?? '');
      if (target) found.push(target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
    },
  });
  return found;
}

function relationsOf(part: string): string {
  return part.replace(/([^/]+)$/, '_rels/$1.rels');
}

/** What each id of a part stands for. */
async function relations(xml: Buffer | undefined): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await parseXml(xml ?? Buffer.alloc(0), {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id && Target && targets.size < MAX_CELLS) targets.set(Id, Target);
    },
  });
  return targets;
}

/** Texts that cells name by their number; the reading aid of Japanese names is left out. */
async function sharedTexts(xml: Buffer | undefined): Promise<string[]> {
  const texts: string[] = [];
  let [text, isText, isAid] = ['', false, false];
  await parseXml(xml ?? Buffer.alloc(0), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isAid = true;
      isText = name === 't' && !isAid;
    },
    text: (some) => {
      if (isText && text.length < MAX_CELL) text += some;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') isAid = false;
      if (name === 'si' && texts.push(text.slice(0, MAX_CELL)) > MAX_CELLS) throw unreadable('too-large');
    },
  });
  return texts;
}

type OpenCell = { column: number; type: string; value: string; formula: string; inside: string };

async function readSheet(xml: Buffer, shared: readonly string[], targets: ReadonlyMap<string, string>): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  const links: { ref: string; target: string }[] = [];
  let cell: OpenCell | null = null;
  let [cells, places] = [0, 0];
  await parseXml(xml, {
    open: (name, attributes) => {
      const row = rows.at(-1);
      if (name === 'row') rows.push({ line: Number(attributes.r) || (row?.line ?? 0) + 1, cells: [], links: new Map() });
      else if (name === 'c' && row) cell = openCell(attributes, row.cells.length);
      else if (name === 'hyperlink') links.push({ ref: attributes.ref ?? '', target: targets.get(attributes['r:id'] ?? '') ?? '' });
      else if (cell) cell.inside = name;
      if (rows.length > MAX_ROWS || links.length > MAX_ROWS) throw unreadable('too-many-rows');
    },
    text: (some) => {
      if (!cell) return;
      if (cell.inside === 'f' && cell.formula.length < MAX_CELL) cell.formula += some;
      if ((cell.inside === 'v' || cell.inside === 't') && cell.value.length < MAX_CELL) cell.value += some;
    },
    close: (name) => {
      if (cell) cell.inside = '';
      if (name !== 'c' || !cell) return;
      if (++cells > MAX_CELLS) throw unreadable('too-large');
      const row = rows.at(-1);
      if (row) places += closeCell(row, cell, shared);
      if (places > MAX_PLACES) throw unreadable('too-large');
      cell = null;
    },
  });
  await putLinks(rows, links);
  return (await withContent(rows)).sort((a, b) => a.line - b.line);
}

async function withContent(rows: readonly SheetRow[]): Promise<SheetRow[]> {
  const filled: SheetRow[] = [];
  const pause = createPause();
  for (const row of rows) {
    const wait = pause();
    if (wait) await wait;
    if (row.cells.some((value) => String(value).trim() !== '')) filled.push(row);
  }
  return filled;
}

/** A cell that does not say where it is follows the one before. */
function openCell({ r = '', t = 'n' }: Attributes, next: number): OpenCell {
  return { column: placeOf(r)?.column ?? next, type: t, value: '', formula: '', inside: '' };
}

/** Returns by how many places the row has grown. */
function closeCell(row: SheetRow, { column, type, value, formula }: OpenCell, shared: readonly string[]): number {
  const content = contentOf(type, value, shared);
  if (column >= MAX_COLUMNS) {
    if (String(content).trim() !== '') throw unreadable('too-many-columns');
    return 0;
  }
  const before = row.cells.length;
  while (row.cells.length < column) row.cells.push('');
  row.cells[column] = content;
  const link = /^\s*HYPERLINK\(\s*"([^"]+)"/i.exec(formula)?.[1];
  if (link) row.links.set(column, link);
  return row.cells.length - before;
}

function contentOf(type: string, value: string, shared: readonly string[]): string | number {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'e') return '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  const isNumber = type === 'n' && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? Number(value) : value.slice(0, MAX_CELL);
}

async function putLinks(rows: readonly SheetRow[], links: readonly { ref: string; target: string }[]): Promise<void> {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  const pause = createPause();
  let linked = 0;
  for (const { ref, target } of links) {
    const wait = pause();
    if (wait) await wait;
    const [from, to = from] = ref.split(':').map(placeOf);
    if (!from || !to || target === '') continue;
    const lines = to.line - from.line + 1;
    const columns = to.column - from.column + 1;
    if (lines < 1 || columns < 1 || lines * columns > MAX_LINKED) continue;
    const read = Math.min(columns, MAX_COLUMNS - from.column);
    if (read < 1) continue;
    linked += lines * read;
    if (linked > MAX_ALL_LINKED) throw unreadable('too-large');
    for (let line = from.line; line <= to.line; line++) {
      const row = byLine.get(line);
      for (let column = from.column; row && column < from.column + read; column++) row.links.set(column, target);
    }
  }
}

/** `B4` is column 1 of line 4. */
function placeOf(ref: string): { column: number; line: number } | null {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(ref) ?? [];
  if (!letters || !digits) return null;
  return { column: [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1, line: Number(digits) };
}
