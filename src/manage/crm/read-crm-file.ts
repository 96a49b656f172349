import { Refusal } from '../../errors.ts';
import { readMoney } from '../../platform/money.ts';
import { createPause } from '../../platform/slices.ts';
import { type ColumnField, matchColumns, titleOf } from '../../programme/companies/company-columns.ts';
import { sniffCompanyFile } from '../../programme/companies/company-file.ts';
import type { RawRow } from '../../programme/companies/company-row.ts';
import { openTable } from '../../programme/companies/company-table.ts';
import { MAX_ROWS, unreadable } from '../../programme/companies/file-problems.ts';
import {
  crmCountry,
  crmDate,
  crmDay,
  crmDomains,
  crmText,
  type FoundAccount,
  type FoundOpportunity,
  type FoundOwner,
  type FoundRecord,
  type OPPORTUNITY_STATES,
} from './crm-record.ts';

/** What a file of a CRM may hold. */
export const FILE_OBJECTS = ['opportunities', 'accounts'] as const;
export type FileObject = (typeof FILE_OBJECTS)[number];

/** Titles that CRMs give to what is no fact of a company, in small letters and digits alone. Companies' own columns are found as in every other list.
 *  Source: the exports of HubSpot and Salesforce, and `opportunity_id, account_name, …, expected_close`. */
const TITLES = {
  opportunityId: ['opportunityid', 'opportunityid18', 'dealid', 'recordid', 'id'],
  accountId: ['accountid', 'accountid18', 'companyid', 'associatedcompanyids', 'associatedcompanyid', 'recordid', 'id'],
  accountName: ['accountname', 'associatedcompany', 'company', 'companyname', 'customer', 'account'],
  name: ['opportunityname', 'dealname'],
  contactDomain: ['contactdomain', 'emaildomain'],
  stage: ['stage', 'dealstage', 'stagename', 'opportunitystage'],
  amount: ['amount', 'amounteur', 'dealamount', 'value', 'amountincompanycurrency'],
  currency: ['currency', 'amountcurrency', 'dealcurrency', 'opportunitycurrency', 'currencyisocode'],
  owner: ['owner', 'dealowner', 'companyowner', 'opportunityowner', 'accountowner', 'ownerid'],
  created: ['created', 'createdate', 'createddate', 'createdat'],
  closeOn: ['expectedclose', 'closedate', 'expectedclosedate', 'closeon'],
  activity: ['lastactivity', 'lastactivitydate', 'lastactivityat'],
  customer: ['iscustomer', 'customerflag', 'existingcustomer', 'lifecyclestage', 'accounttype', 'type'],
  named: ['isnamed', 'named', 'namedaccount', 'houseaccount', 'targetaccount'],
  aliases: ['aliases', 'alias', 'othernames'],
} as const;
type Title = keyof typeof TITLES;
const COMPANY_FIELDS: readonly ColumnField[] = ['name', 'domain', 'website', 'city', 'country', 'companyEmail'];

/** Without one of these a row says of nobody what it is. */
const NEEDED: Record<FileObject, readonly [what: string, of: readonly (Title | ColumnField)[]][]> = {
  opportunities: [
    ['opportunity_id', ['opportunityId']],
    ['account_name or website', ['accountName', 'name', 'website', 'domain']],
    ['stage', ['stage']],
  ],
  accounts: [['account_id or website', ['accountId', 'website', 'domain']]],
};

/** `unread`: rows that could not be read, of which `firstUnread` are the lines of the first. `withoutValue`: sums without a currency that we know. */
export type CrmFile<O extends FileObject> = {
  records: FoundRecord[O][];
  columns: string[];
  unread: number;
  firstUnread: number[];
  withoutValue: number;
};

const LINES_SHOWN = 10;

/** Reads a CSV, Excel or JSON file of opportunities or accounts. It does not say when the CRM changed a record: `at` stands for it. Refuses
 *  `file-unreadable`, and `crm-columns-missing` where a column is not there. */
export async function readCrmFile<O extends FileObject>(bytes: Uint8Array, name: string, object: O, at: Date): Promise<CrmFile<O>> {
  const { format, text } = await sniffCompanyFile(bytes, name);
  const file: CrmFile<FileObject> = { records: [], columns: [], unread: 0, firstUnread: [], withoutValue: 0 };
  const lost = (line: number) => {
    if (++file.unread > MAX_ROWS) throw unreadable('too-many-rows');
    if (file.firstUnread.length < LINES_SHOWN) file.firstUnread.push(line);
  };
  const table = await openTable(format, text, ({ line }) => lost(line));
  const columns = columnsOf(table.header, object);
  file.columns = [...columns].map(([field, index]) => `${field}: ${titleOf(table.header[index] ?? '')}`);
  const pause = createPause();
  for await (const some of table.rows()) {
    for (const row of some) {
      const wait = pause();
      if (wait) await wait;
      const cells = cellsOf(row, columns);
      const title = titleOf(table.header[columns.get('amount') ?? -1] ?? '');
      const record = object === 'accounts' ? accountOf(cells, at) : opportunityOf(cells, title, at);
      if (record) file.records.push(record);
      else lost(row.line);
      if (record && 'value' in record && !record.value && cells('amount')) file.withoutValue++;
      if (file.records.length > MAX_ROWS) throw unreadable('too-many-rows');
    }
  }
  if (file.records.length + file.unread === 0) throw unreadable('header-only');
  return file as CrmFile<O>; // `object` decided what each row is
}

type Cells = (field: Title | ColumnField) => string;

function cellsOf(row: RawRow, columns: ReadonlyMap<string, number>): Cells {
  return (field) => {
    const index = columns.get(field);
    const value = index === undefined ? '' : row.cell(index);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';
  };
}

function columnsOf(header: readonly string[], object: FileObject): Map<string, number> {
  const plain = header.map((title) => title.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const columns = new Map<string, number>();
  const { fields } = matchColumns(header);
  for (const field of COMPANY_FIELDS) if (fields[field]) columns.set(field, fields[field].index);
  const isOurs = (title: Title) => (object === 'accounts' ? title !== 'opportunityId' : title !== 'aliases');
  for (const title of (Object.keys(TITLES) as Title[]).filter(isOurs)) {
    // In a file of opportunities, “id” is the opportunity's.
    const known = TITLES[title].filter((one) => object === 'accounts' || title !== 'accountId' || !['id', 'recordid'].includes(one));
    const index = known.map((one) => plain.findIndex((given) => given === one || isAmount(title, given))).find((at) => at >= 0);
    if (index !== undefined) columns.set(title, index);
  }
  const missing = NEEDED[object].filter(([, of]) => !of.some((field) => columns.has(field))).map(([what]) => what);
  if (missing.length > 0) throw new Refusal('crm-columns-missing', { missing: missing.join(', ') });
  return columns;
}

/** “Amount (USD)”: the currency stands behind it. */
function isAmount(title: Title, plain: string): boolean {
  return title === 'amount' && /^(amount|dealamount|value)[a-z]{3}$/.test(plain);
}

const YES = /^(true|yes|y|1|x)$/i;
/** HubSpot's lifecycle stage and Salesforce's types of accounts, or a plain yes. */
const CUSTOMER = /^customer\b/i;

function accountOf(cells: Cells, at: Date): FoundAccount | null {
  const domains = crmDomains(cells('domain'), cells('website'), cells('contactDomain'), cells('companyEmail'));
  const sourceId = crmText(cells('accountId')) || domains[0];
  const name = crmText(cells('accountName') || cells('name')) || domains[0];
  if (!sourceId || !name) return null;
  const aliases = cells('aliases').split(/[;|]/).map(crmText).filter(Boolean).slice(0, 20);
  return {
    ...{ sourceId, name, domains, aliases, ...placeOf(cells), ownerId: ownerIn(cells), changedAt: at },
    isCustomer: YES.test(cells('customer')) || CUSTOMER.test(cells('customer')),
    isNamed: YES.test(cells('named')),
    lastActivityAt: crmDate(cells('activity')),
  };
}

function opportunityOf(cells: Cells, amountTitle: string, at: Date): FoundOpportunity | null {
  const domains = crmDomains(cells('domain'), cells('website'), cells('contactDomain'), cells('companyEmail'));
  const sourceId = crmText(cells('opportunityId'));
  const accountName = crmText(cells('accountName') || (cells('website') || cells('domain') ? '' : cells('name'))) || (domains[0] ?? '');
  if (!sourceId || !accountName) return null;
  const stage = crmText(cells('stage'));
  const state = stateOf(stage);
  const closeOn = crmDay(cells('closeOn'));
  const name = crmText(cells('name')) || accountName;
  return {
    ...{
      sourceId,
      accountId: crmText(cells('accountId')) || null,
      accountName,
      aliases: [],
      domains,
      ...placeOf(cells),
      name,
      stage,
      state,
    },
    ...{ value: sumIn(cells, amountTitle), ownerId: ownerIn(cells), createdAt: crmDate(cells('created')), closeOn },
    closedAt: state === 'open' ? null : crmDate(cells('closeOn')),
    lastActivityAt: crmDate(cells('activity')),
    changedAt: at,
  };
}

/** A file names its owners and says no more of them: an address in small letters, a name or an id as it stands. */
function ownerIn(cells: Cells): string | null {
  const said = crmText(cells('owner'));
  return (isAddress(said) ? said.toLowerCase() : said) || null;
}

/** The owners that a file names, each once. */
export function ownersIn(records: readonly { ownerId: string | null }[], at: Date): FoundOwner[] {
  const named = [...new Set(records.flatMap(({ ownerId }) => ownerId ?? []))];
  return named.map((said) => ({
    sourceId: said,
    ...(isAddress(said) ? { name: '', email: said } : { name: said, email: '' }),
    changedAt: at,
  }));
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

function placeOf(cells: Cells) {
  return { country: crmCountry(cells('country')), city: crmText(cells('city')) || null };
}

/** The two last stages have the word in their name in both CRMs, `closedwon` and “Closed Lost”; every other stage is open. */
function stateOf(stage: string): (typeof OPPORTUNITY_STATES)[number] {
  if (/(^|closed|\b)won$/i.test(stage)) return 'won';
  return /(^|closed|\b)lost$/i.test(stage) ? 'lost' : 'open';
}

/** With the currency of its column, of the column's title (`amount_eur`) or of the cell itself. */
function sumIn(cells: Cells, amountTitle: string): FoundOpportunity['value'] {
  const amount = cells('amount');
  const titled = /(?:^|[^a-z])([a-z]{3})\W*$/i.exec(amountTitle)?.[1] ?? '';
  return readMoney(`${amount} ${cells('currency')}`) ?? readMoney(`${amount} ${titled}`) ?? readMoney(amount);
}
