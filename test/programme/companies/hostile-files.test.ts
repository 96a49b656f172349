import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { problemWords } from '../../../blocks/programme/import-words.ts';
import { readCompanyFile } from '../../../src/programme/companies/read-companies.ts';

const at = new Date('2026-11-23T09:00:00Z');
const read = (text: string, name = 'list.csv') => readCompanyFile(Buffer.from(text), name, at);
const problemOf = (text: string, name?: string) =>
  read(text, name).then(
    () => 'read',
    ({ details }) => details.problem,
  );

describe('a file made to hold everybody up gets a sentence', () => {
  test.each([
    ['a megabyte of line breaks', '\n'.repeat(1_000_000), 'empty'],
    ['line breaks under a header', `domain,name\n${'\n'.repeat(1_000_000)}`, 'header-only'],
    ['one-cell rows', `domain,name\n${'x\n'.repeat(500_000)}`, 'too-many-rows'],
    ['rows of a lone quotation mark', `domain,name\n${'"\n'.repeat(500_000)}`, 'header-only'],
    ['a million columns', ','.repeat(1_000_000), 'too-many-columns'],
    ['a million named columns', 'domain,'.repeat(1_000_000), 'too-many-columns'],
    ['numbers in JSONL', `{"domain":"a.com"}\n${'1\n'.repeat(500_000)}`, 'too-many-rows'],
  ])('%s', async (_what, text, problem) => {
    expect(await problemOf(text)).toBe(problem);
  });

  test.each([
    ['a row of a million cells', `domain,name\n${','.repeat(1_000_000)}\nacme.com,Acme`],
    ['a line of 1 MB', `{"domain":"b.io","x":"${'x'.repeat(1_000_000)}"}\n{"domain":"acme.com"}`],
  ])('%s costs itself only', async (_what, text) => {
    const { companies, problems } = await read(text);
    expect(companies.map(({ domain }) => domain)).toEqual(['acme.com']);
    expect(problems.map(problemWords)).toEqual([expect.stringContaining('more than 200,000 characters')]);
  });

  test('a list of a hundred thousand parts is cut', async () => {
    const { companies } = await read(`domain,tags\nacme.com,"${Array.from({ length: 30_000 }, (_, n) => `t${n}`).join()}"`);
    expect(companies[0]?.facts.tags.length).toBe(50);
  });
});

test('others get their turn while a large file is read', async () => {
  let turns = 0;
  let isReading = true;
  const counting = (async () => {
    while (isReading) {
      await turn();
      turns++;
    }
  })();
  await read(`domain,name\n${Array.from({ length: 20_000 }, (_, row) => `c${row}.io,Company ${row}`).join('\n')}`);
  isReading = false;
  await counting;
  expect(turns).toBeGreaterThan(5);
});

test.each([
  ['marks inside a cell', 'a "b" c,d', ['a "b" c', 'd']],
  ['a cell that goes on behind its closing mark', '"Acme" Inc,d', ['"Acme" Inc', 'd']],
  ['doubled marks', '"The ""A"" team",d', ['The "A" team', 'd']],
  ['an empty quoted cell', '"",d', ['', 'd']],
  ['an empty cell at the end', 'a,', ['a', '']],
  ['a line break and a delimiter', '"a\r\nb,c",d', ['a\r\nb,c', 'd']],
])('%s', async (_what, row, cells) => {
  const { csvRecords } = await import('../../../src/programme/companies/csv-records.ts');
  const found = [];
  for await (const some of csvRecords(Buffer.from(`x,y\n${row}\nend,z`), () => {})) found.push(...some.map(({ values }) => values));
  expect(found).toEqual([['x', 'y'], cells, ['end', 'z']]);
});
