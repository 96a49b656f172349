import { Refusal } from '../../errors.ts';
import { crmDay } from '../../manage/crm/crm-record.ts';
import { readMoney } from '../../platform/money.ts';
import { createPause } from '../../platform/slices.ts';
import { sniffCompanyFile } from '../../programme/companies/company-file.ts';
import type { RawRow } from '../../programme/companies/company-row.ts';
import { openTable } from '../../programme/companies/company-table.ts';
import { unreadable } from '../../programme/companies/file-problems.ts';
import { MONEY_KINDS, type MoneyEntry, type MoneyProblem, type MoneyProblemCode } from './money-entry.ts';
import { cellText, dayText, sumText } from './sheet-cells.ts';

/** More are split: each entry is a write of its own. */
const MOST_ENTRIES = 5000;
const LONGEST_ID = 100;
const LONGEST_WORDS = 200;

/** Titles in small letters and digits alone. */
const TITLES = {
  kind: ['kind', 'type'],
  id: ['id', 'number', 'reference', 'invoiceid', 'paymentid'],
  sale: ['sale', 'deal', 'dealid', 'opportunity', 'opportunityid', 'customer', 'company'],
  day: ['date', 'day'],
  amount: ['amount', 'sum', 'value'],
  currency: ['currency'],
  product: ['product'],
  of: ['of', 'refundof'],
} as const;
type Title = keyof typeof TITLES;
const NEEDED: readonly Title[] = ['kind', 'id', 'sale', 'day', 'amount'];

type Cells = (title: Title) => string;
type MoneyFile = { entries: MoneyEntry[]; problems: MoneyProblem[] };

/** Reads a CSV, Excel or JSON file of invoices, payments and refunds, with the first fault of each row that has one. Refuses `file-unreadable`, and
 *  `crm-columns-missing` where a column is not there. */
export async function readMoneyFile(bytes: Uint8Array, name: string): Promise<MoneyFile> {
  const { format, text } = await sniffCompanyFile(bytes, name);
  const file: MoneyFile = { entries: [], problems: [] };
  const table = await openTable(format, text, ({ line }) => void file.problems.push({ line, code: 'row', said: '' }));
  const columns = columnsOf(table.header);
  const pause = createPause();
  for await (const some of table.rows()) {
    for (const row of some) {
      const wait = pause();
      if (wait) await wait;
      const read = readEntry(row.line, cellsOf(row, columns));
      if ('code' in read) file.problems.push(read);
      else file.entries.push(read);
      if (file.entries.length + file.problems.length > MOST_ENTRIES) throw unreadable('too-many-entries');
    }
  }
  if (file.entries.length + file.problems.length === 0) throw unreadable('header-only');
  return file;
}

function columnsOf(header: readonly string[]): Map<Title, number> {
  const plain = header.map((title) => title.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const columns = new Map<Title, number>();
  for (const title of Object.keys(TITLES) as Title[]) {
    const index = TITLES[title].map((one) => plain.indexOf(one)).find((at) => at >= 0);
    if (index !== undefined) columns.set(title, index);
  }
  const missing = NEEDED.filter((title) => !columns.has(title)).map((title) => TITLES[title][0]);
  if (missing.length > 0) throw new Refusal('crm-columns-missing', { missing: missing.join(', ') });
  return columns;
}

function cellsOf(row: RawRow, columns: ReadonlyMap<Title, number>): Cells {
  const cells: Cells = (title) => {
    const index = columns.get(title);
    const value = index === undefined ? '' : row.cell(index);
    if (title === 'day') return dayText(value);
    return title === 'amount' ? sumText(value, cells('currency')) : cellText(value);
  };
  return cells;
}

/** One entry, or its first fault. */
export function readEntry(line: number, cells: Cells): MoneyEntry | MoneyProblem {
  const wrong = (code: MoneyProblemCode, title: Title): MoneyProblem => ({ line, code, said: cells(title).slice(0, LONGEST_WORDS) });
  const kind = MONEY_KINDS.find((one) => one === cells('kind').toLowerCase());
  if (!kind) return wrong('kind', 'kind');
  const id = cells('id');
  if (!id || id.length > LONGEST_ID) return wrong('id', 'id');
  const sale = cells('sale').slice(0, LONGEST_WORDS);
  if (!sale && kind !== 'refund') return wrong('sale', 'sale');
  const day = crmDay(cells('day'));
  if (!day) return wrong('day', 'day');
  const money = readMoney(cells('currency') ? `${cells('amount')} ${cells('currency')}` : cells('amount'));
  if (!money || money.minor === 0) return wrong('amount', 'amount');
  const of = kind === 'refund' ? cells('of').slice(0, LONGEST_WORDS) : '';
  if (kind === 'refund' && !of) return wrong('of', 'of');
  return { line, kind, id, sale, day, money, product: cells('product').slice(0, LONGEST_WORDS), of };
}
