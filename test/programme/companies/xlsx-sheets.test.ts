import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type CompanyFile, readCompanyFile } from '../../../src/programme/companies/read-companies.ts';
import { textCell as cell, workbook } from '../../support/workbook.ts';

const at = new Date('2026-11-23T09:00:00Z');
const read = (bytes: Uint8Array): Promise<CompanyFile> => readCompanyFile(bytes, 'list.xlsx', at);
const problemOf = (bytes: Uint8Array) =>
  read(bytes).then(
    () => 'read',
    ({ details }) => details.problem,
  );

const head = `<row>${cell('Company')}${cell('Website')}${cell('Employees')}</row>`;

describe('a workbook', () => {
  test('texts inside and shared, numbers, links by formula, gaps, and the sheet that holds the list', async () => {
    const cover = `<row>${cell('Our partners')}</row>`;
    const list = `<row r="3">${cell('Company', 'A3')}${cell('Website', 'B3')}${cell('Employees', 'D3')}</row>
      <row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" t="str"><f>HYPERLINK("https://ab.example/x","visit")</f><v>visit</v></c>
      <c r="D5"><v>1.7E1</v></c></row>`;
    const shared = '<si><r><t>Ä &amp; </t></r><r><t>B</t></r><rPh><t>reading aid</t></rPh></si>';
    const { companies, problems } = await read(workbook([cover, list], { shared }));
    expect(problems).toEqual([]);
    expect(companies.map(({ line, domain, facts }) => [line, domain, facts.name, facts.teamSize])).toEqual([
      [5, 'ab.example', 'Ä & B', 17],
    ]);
  });
});

/** A list of one company, with so many links over a thousand columns of its row. */
function linked(links: number, ref = 'A2:ALL2'): Uint8Array {
  const row = `<row r="2">${cell('Acme', 'A2')}${cell('visit', 'B2')}${cell('5', 'C2')}</row>`;
  const relations = '<Relationships><Relationship Id="r1" Target="https://acme.example/"/></Relationships>';
  const hyperlinks = `<hyperlink ref="${ref}" r:id="r1"/>`.repeat(links);
  return workbook([`${head.replace('<row>', '<row r="1">')}${row}${hyperlinks}`], {
    parts: { 'xl/worksheets/_rels/sheet0.xml.rels': strToU8(relations) },
  });
}

test.each([
  ['as many as there may be, where only columns that are read count', 999, 'A2:ALL2'],
  ['one on its cell', 1, 'B2'],
])('links of a sheet: %s', async (_what, links, ref) => {
  expect((await read(linked(links, ref))).companies.map(({ domain }) => domain)).toEqual(['acme.example']);
});

test('links from a column back to an earlier one, down to the last line, cover nothing', async () => {
  expect((await read(linked(10_000, 'C1:A9999999'))).companies.map(({ domain }) => domain)).toEqual([null]);
});

describe('a workbook made to fill the memory is refused', () => {
  const list = `${head}<row>${cell('A')}${cell('a.example')}${cell('5')}</row>`;
  test.each<[string, () => Uint8Array, string]>([
    ['60 MB of zeros in one part', () => zipSync({ 'xl/workbook.xml': new Uint8Array(60_000_000) }), 'too-large'],
    [
      'parts that are not read, of 60 MB together',
      () => workbook([list], { parts: { 'xl/media/a.png': new Uint8Array(60_000_000) } }),
      'too-large',
    ],
    [
      'two thousand parts',
      () => workbook([list], { parts: Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`xl/x${n}`, new Uint8Array(1)])) }),
      'too-large',
    ],
    ['more rows than anybody reads', () => workbook([head + '<row/>'.repeat(200_001)]), 'too-many-rows'],
    ['a cell far to the right', () => workbook([`<row>${cell('Website')}${cell('x', 'XFD1')}</row>`]), 'too-many-columns'],
    ['rows of one cell far to the right', () => workbook([head + '<row><c r="SF1"/></row>'.repeat(25_000)]), 'too-large'],
    ['links over all columns, again and again', () => linked(2_000), 'too-large'],
    ['half a workbook', () => workbook([list]).subarray(0, 300), 'spreadsheet'],
    ['no sheet', () => workbook([]), 'spreadsheet'],
    ['an empty sheet', () => workbook(['']), 'empty'],
  ])('%s', async (_, make, problem) => {
    expect(await problemOf(make())).toBe(problem);
  });

  test('a part that says it is small and is not', async () => {
    const bytes = zipSync({ 'xl/workbook.xml': new Uint8Array(60_000_000) });
    // The size it claims, in the head of the part.
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(22, 10, true);
    expect(await problemOf(bytes)).toBe('too-large');
  });
});
