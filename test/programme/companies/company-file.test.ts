import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fileProblemWords } from '../../../blocks/programme/import-words.ts';
import { sniffCompanyFile } from '../../../src/programme/companies/company-file.ts';
import { FileProblem, MAX_FILE_BYTES } from '../../../src/programme/companies/file-problems.ts';
import { readCompanyFile } from '../../../src/programme/companies/read-companies.ts';

const at = new Date('2026-11-23T09:00:00Z');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const zip = (inside: string): Buffer => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from(inside)]);
const rows = (count: number): string => 'a.com\n'.repeat(count);

describe('a file that holds no list of companies is refused with its own sentence', () => {
  test.each<[string, Buffer | string, string, string]>([
    ['nothing', '', 'a.csv', 'empty'],
    ['blank lines', '\r\n \n\t\n', 'a.csv', 'empty'],
    ['many blank lines', '\n'.repeat(10_000), 'a.csv', 'empty'],
    ['a byte order mark alone', '\ufeff', 'a.csv', 'empty'],
    ['nothing, packed', gzipSync(''), 'a.csv.gz', 'empty'],
    ['50 MB', Buffer.alloc(MAX_FILE_BYTES, 'a'), 'a.csv', 'too-large'],
    ['50 MB of zeros packed to 50 kB', gzipSync(Buffer.alloc(MAX_FILE_BYTES)), 'a.csv.gz', 'too-large'],
    ['a zip', zip('companies.csv'), 'a.zip', 'archive'],
    ['a zip that says it is CSV', zip('companies.csv'), 'a.csv', 'archive'],
    ['a zip inside gzip', gzipSync(zip('companies.csv')), 'a.gz', 'archive'],
    ['an Excel workbook', zip('[Content_Types].xml xl/workbook.xml'), 'a', 'spreadsheet'],
    ['an Excel workbook by name', zip('…'), 'Partners.XLSX', 'spreadsheet'],
    ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'a.xls', 'spreadsheet'],
    ['half a gzip', gzipSync('domain\nacme.com\n').subarray(0, 20), 'a.csv.gz', 'gzip-broken'],
    ['gzip of gzip', gzipSync(gzipSync('domain\nacme.com\n')), 'a.csv.gz', 'gzip-twice'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'a.png', 'binary'],
    ['a PDF', '%PDF-1.7\n', 'a.pdf', 'binary'],
    ['a web page', '<!doctype html><title>Sign in</title>', 'a.csv', 'web-page'],
    ['a JSON array of words', '["acme.com"]', 'a.json', 'json-document'],
    ['titles that say nothing above two columns of domains', 'F1,F2\na.com,b.com\n', 'a.csv', 'columns-unclear'],
    ['a JSON object over several lines', '{\n  "domain":\n "acme.com"\n}', 'a.json', 'json-document'],
    ['a header only', 'domain,name\n', 'a.csv', 'header-only'],
    ['a header and blank rows', 'domain,name\n,\n\n', 'a.csv', 'header-only'],
    ['no column with a domain', 'Name,City\nAcme,Bonn\n', 'a.csv', 'no-domain-column'],
    ['domains without a header', 'acme.com\nwidgets.io\n', 'a.csv', 'no-domain-column'],
    ['objects without a domain', '{"name":"Acme"}\n', 'a.jsonl', 'no-domain-column'],
    ['501 columns', `domain${','.repeat(500)}\nacme.com\n`, 'a.csv', 'too-many-columns'],
    ['keys that never repeat', Array.from({ length: 501 }, (_, key) => `{"k${key}":1}`).join('\n'), 'a.jsonl', 'too-many-columns'],
    ['more rows than anybody reads', `domain\n${rows(200_001)}`, 'a.csv', 'too-many-rows'],
  ])(
    '%s',
    async (_, content, name, problem) => {
      const refused = expect(readCompanyFile(Buffer.from(content), name, at)).rejects;
      await refused.toMatchObject({ code: 'file-unreadable', details: { problem } });
    },
    90_000,
  );

  test('no two sentences are the same, and the columns seen are named', async () => {
    expect(new Set(FileProblem.options.map((problem) => fileProblemWords({ problem }))).size).toBe(FileProblem.options.length);
    const refusal = await readCompanyFile(Buffer.from('Company;$& City;Owner\na;b;c\n'), 'a.csv', at).catch((error) => error);
    expect(fileProblemWords(refusal.details)).toBe(
      'The first row must name the columns, one of them “Domain” or “Website”, or the e-mail addresses of the companies. Columns seen: “Company”, “$& City”, “Owner”.',
    );
  });
});

test.each([
  ['CSV', 'domain\nacme.com', 'csv'],
  ['CSV whose first column is called PK', 'PK,domain\n1,acme.com', 'csv'],
  ['JSONL', ' {"domain":"acme.com"}', 'json'],
  ['JSONL with a byte order mark', '\ufeff{"domain":"acme.com"}', 'json'],
  ['packed JSONL', gzipSync('{"domain":"acme.com"}'), 'json'],
])('%s is told by its content, whatever its name', async (_, content, format) => {
  expect(await sniffCompanyFile(Buffer.from(content), 'file')).toMatchObject({ format });
});

const list = 'domain,name\r\nacme.com,Café “Ö” – Łódź\r\n';
const bigEndian = (text: string): Buffer => utf16(text).swap16();
test.each<[string, Buffer, string]>([
  ['UTF-16 with its mark', utf16(`\ufeff${list}`), 'Café “Ö” – Łódź'],
  ['UTF-16 with its mark, high byte first', bigEndian(`\ufeff${list}`), 'Café “Ö” – Łódź'],
  ['UTF-16 without a mark', utf16(list), 'Café “Ö” – Łódź'],
  ['UTF-16 without a mark, high byte first', bigEndian(list), 'Café “Ö” – Łódź'],
  ['UTF-16 of Greek names', utf16(`domain,name\nacme.com,${'Αρτοποιεία '.repeat(3).trim()}\n`), 'Αρτοποιεία Αρτοποιεία Αρτοποιεία'],
  ['UTF-8', Buffer.from(list), 'Café “Ö” – Łódź'],
  ['UTF-8 with a NUL byte', Buffer.from(list.replace('Café', 'Ca\0fé')), 'Café “Ö” – Łódź'],
  ['Windows-1252', Buffer.from('domain,name\nacme.com,Caf\xe9 \x93\xd6\x94 \x96 \x80 5\n', 'latin1'), 'Café “Ö” – € 5'],
  ['UTF-16 inside gzip', gzipSync(utf16(`\ufeff${list}`)), 'Café “Ö” – Łódź'],
])('%s is decoded', async (_, bytes, name) => {
  const { companies } = await readCompanyFile(bytes, 'a.csv', at);
  expect(companies.map(({ line, domain, facts }) => [line, domain, facts.name])).toEqual([[2, 'acme.com', name]]);
});

test('a large file is decoded without a letter lost between two parts', async () => {
  const name = '😀é例'.repeat(20);
  const text = ['domain,name', ...Array.from({ length: 2_000 }, (_, row) => `c${row}.io,${name}`)].join('\n');
  const { companies } = await readCompanyFile(utf16(`\ufeff${text}`), 'a.csv', at);
  expect([companies.length, new Set(companies.map(({ facts }) => facts.name))]).toEqual([2_000, new Set([name])]);
});
