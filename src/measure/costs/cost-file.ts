import { createHash } from 'node:crypto';
import { amountText } from '../../platform/money.ts';
import { createPause } from '../../platform/slices.ts';
import { titleOf } from '../../programme/companies/company-columns.ts';
import { sniffCompanyFile } from '../../programme/companies/company-file.ts';
import type { RawRow } from '../../programme/companies/company-row.ts';
import { openTable } from '../../programme/companies/company-table.ts';
import { unreadable } from '../../programme/companies/file-problems.ts';
import { csvLine } from '../../recruit/records/export-outreach.ts';
import { cellText, dayText, sumText } from '../ledger/sheet-cells.ts';
import type { Transaction } from '../ledger/transaction.ts';
import type { Cost } from './cost.ts';
import { listKnownSources } from './cost-repository.ts';
import { COST_FIELDS, type CostField, type CostProblem, costReading, readCost, type TypedCost } from './typed-cost.ts';

/** Titles of columns, in small letters and digits alone; the export's are among them. */
const TITLES: Record<CostField, readonly string[]> = {
  day: ['day', 'date', 'bookingdate', 'spentat', 'datum'],
  kind: ['kind', 'type', 'category', 'bucket', 'art'],
  scope: ['for', 'scope', 'spenton'],
  partner: ['partner', 'partnername'],
  sum: ['sum', 'amount', 'cost', 'costs', 'total', 'betrag'],
  hours: ['hours', 'stunden'],
  rate: ['rate', 'hourlyrate', 'perhour'],
  words: ['words', 'what', 'description', 'note', 'notes', 'comment', 'text'],
};
const CURRENCY = ['currency', 'waehrung'];
const SOURCE = ['source'];
const TAKEN_BACK = ['takenback'];
/** A year of a programme has fewer. */
const MOST = 5_000;

/** `known`: how many of the costs are in the ledger already. `back`: lines that say they were taken back. `problems`: lines that are left out, the first wrong thing of each. */
export type CostFile = {
  costs: { line: number; source: string; cost: Cost; own: Transaction['own'] }[];
  problems: (CostProblem & { line: number })[];
  known: number;
  back: number;
};

/** Reads a list of costs as CSV, Excel or JSON, and records nothing. A line of our own export keeps its source, and is left out where it was taken back. Of others, what
 *  the line says makes it: the same line again, in this file or in a longer one, is the same cost, and the second of two equal lines in a file is another. Refuses
 *  `file-unreadable`. */
export async function readCostFile(workspaceId: string, { bytes, name }: { bytes: Uint8Array; name: string }, at: Date): Promise<CostFile> {
  const { format, text } = await sniffCompanyFile(bytes, name);
  const problems: CostFile['problems'] = [];
  const lost = ({ line }: { line: number }) => problems.push({ line, field: 'words', message: 'This line cannot be read' });
  const table = await openTable(format, text, lost, (cells) => columnsIn(cells).columns.size);
  const columns = columnsOf(table.header);
  const reading = await costReading(workspaceId, at);
  const costs: CostFile['costs'] = [];
  const seen = new Map<string, number>();
  let back = 0;
  const pause = createPause();
  for await (const rows of table.rows()) {
    for (const { line, cell } of rows) {
      const wait = pause();
      if (wait) await wait;
      if (costs.length + problems.length + back >= MOST) throw unreadable('too-many-entries');
      if (/^(?:yes|true)$/i.test(cellText(cell(columns.takenBack)))) {
        back++;
        continue;
      }
      const typed = typedIn(cell, columns, reading.currency);
      const read = await readCost(reading, typed);
      const source = read.cost && sourceOf(cellText(cell(columns.source)), typed, seen);
      if (read.cost && source) costs.push({ line, source, cost: read.cost, own: read.own });
      else if (read.cost) problems.push({ line, field: 'words', message: 'Its source stands in an earlier line' });
      else problems.push(...read.problems.slice(0, 1).map((problem) => ({ ...problem, line })));
    }
  }
  if (costs.length + problems.length + back === 0) throw unreadable('header-only');
  const known = await listKnownSources(
    workspaceId,
    costs.map(({ source }) => source),
  );
  return { costs, problems: problems.sort((a, b) => a.line - b.line), known: known.size, back };
}

/** -1 for a column that is not there. */
type Columns = { columns: Map<CostField, number>; currency: number; source: number; takenBack: number };

function columnsOf(header: readonly string[]): Columns {
  const found = columnsIn(header);
  const { columns } = found;
  if (!columns.has('day') || !columns.has('kind') || !(columns.has('sum') || columns.has('hours'))) throw unreadable('no-cost-columns');
  return found;
}

function columnsIn(header: readonly string[]): Columns {
  const plain = header.map((title) =>
    titleOf(title)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  );
  const at = (names: readonly string[]) => plain.findIndex((title) => names.includes(title));
  const columns = new Map(COST_FIELDS.map((field) => [field, at(TITLES[field])] as const).filter(([, index]) => index >= 0));
  return { columns, currency: at(CURRENCY), source: at(SOURCE), takenBack: at(TAKEN_BACK) };
}

/** A currency in a column of its own goes behind the sum and the rate; `usual` is that of sums without one. */
function typedIn(cell: RawRow['cell'], { columns, currency }: Columns, usual: string): TypedCost {
  const unit = cellText(cell(currency));
  const entries = [...columns].map(([field, index]) => {
    const value = cell(index);
    const isSum = field === 'sum' || field === 'rate';
    const said = isSum ? sumText(value, unit || usual) : field === 'day' ? dayText(value) : cellText(value);
    const hasUnit = unit && isSum && /^[\d.,'’\s]+$/.test(said);
    return [field, hasUnit ? `${said} ${unit}` : said.slice(0, 1_000)] as const;
  });
  return Object.fromEntries(entries);
}

/** Of our own export, which has costs alone: a file must not take the place of what else comes into the ledger. */
const OWN_SOURCE = /^cost:[\w:-]{1,150}(?<!:back)$/;

/** Null for one that an earlier line has. */
function sourceOf(said: string, typed: TypedCost, seen: Map<string, number>): string | null {
  if (OWN_SOURCE.test(said)) {
    if (seen.has(said)) return null;
    seen.set(said, 1);
    return said;
  }
  const hash = createHash('sha256')
    .update(JSON.stringify(COST_FIELDS.map((field) => typed[field] ?? '')))
    .digest('hex')
    .slice(0, 32);
  const nth = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, nth);
  return `cost:file:${hash}:${nth}`;
}

const COLUMNS = ['day', 'kind', 'for', 'partner', 'amount', 'currency', 'hours', 'words', 'takenBack', 'by', 'source'];

/** Costs as CSV, a line each; what takes one back is said in the line of it. `names`: of partners, by id. */
export function costsCsv(transactions: readonly Transaction[], names: ReadonlyMap<string, string>): string {
  const back = new Set(transactions.flatMap(({ kind, of }) => (kind === 'reversed' && of ? [of] : [])));
  const lines = transactions.filter(({ kind }) => kind === 'cost').map((one) => costLine(one, names, back.has(one.source)));
  return [csvLine(COLUMNS), ...lines].join('');
}

function costLine({ day, cost, postings, evidence, by, source }: Transaction, names: ReadonlyMap<string, string>, isBack: boolean): string {
  const posting = postings.find(({ account }) => account === 'costs');
  const partner = posting?.partnerId ? (names.get(posting.partnerId) ?? posting.partnerId) : '';
  const hours = cost?.hours ? String(cost.hours / 100) : '';
  const amount = posting ? amountText(posting) : '';
  const said = [day, cost?.kind ?? '', cost?.scope ?? '', partner, amount, posting?.currency ?? '', hours];
  return csvLine([...said, evidence.words, isBack ? 'yes' : 'no', by, source]);
}
