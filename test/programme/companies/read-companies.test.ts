import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/errors.ts';
import { type CompanyFile, readCompanyFile } from '../../../src/programme/companies/read-companies.ts';
import { toldProblems } from '../../support/told.ts';

const at = new Date('2026-11-23T09:00:00Z');
const read = (content: string | Uint8Array): Promise<CompanyFile> => readCompanyFile(Buffer.from(content), 'a', at);
const jsonl = (...objects: unknown[]): string => objects.map((object) => JSON.stringify(object)).join('\n');
const domains = ({ companies }: CompanyFile): unknown[] => companies.map(({ line, domain }) => [line, domain]);

describe('CSV', () => {
  test.each([
    [
      'quotes, delimiters and line breaks inside quotes',
      'domain,name\nacme.com,"Acme, ""the""\nfirm"\nb.io,B',
      [
        [2, 'acme.com'],
        [4, 'b.io'],
      ],
    ],
    [
      'semicolons',
      'Domain;Company\r\nacme.com;Acme, Inc.\r\nb.io;B\r\n',
      [
        [2, 'acme.com'],
        [3, 'b.io'],
      ],
    ],
    ['tabs', 'Domain\tCompany\nacme.com\tAcme', [[2, 'acme.com']]],
    [
      'old Mac line ends',
      'domain\racme.com\rb.io',
      [
        [2, 'acme.com'],
        [3, 'b.io'],
      ],
    ],
    [
      'mixed line ends',
      'domain,x\r\nacme.com,1\nb.io,2\r\nc.io,3',
      [
        [2, 'acme.com'],
        [3, 'b.io'],
        [4, 'c.io'],
      ],
    ],
    ['a byte order mark', '\ufeffdomain\nacme.com', [[2, 'acme.com']]],
    ['a delimiter inside a quoted title', '"domain";"a,b,c"\nacme.com;x', [[2, 'acme.com']]],
    ['blank lines', '\n\ndomain\n\nacme.com\n\n', [[5, 'acme.com']]],
    ['quotes in the middle of a cell', 'domain,name\nacme.com,The "A" team', [[2, 'acme.com']]],
    ['empty cells too many', 'domain,name\nacme.com,A,,', [[2, 'acme.com']]],
  ])('with %s', async (_, content, expected) => {
    const file = await read(content);
    expect(domains(file)).toEqual(expected);
    expect(file).toMatchObject({ rows: expected.length, problems: [] });
  });

  test('ragged rows are reported and stop nothing', async () => {
    const file = await read('domain,name,city\nacme.com,A\nb.io,B,Bonn,x\nc.io,C,Caen\n');
    expect(domains(file)).toEqual([[4, 'c.io']]);
    expect(file.rows).toBe(3);
    expect(toldProblems(file.problems)).toEqual([
      { line: 2, field: '', reason: 'The row has 2 cells, the header 3. The row is skipped.' },
      { line: 3, field: '', reason: 'The row has 4 cells, the header 3. The row is skipped.' },
    ]);
  });

  test('a quote that is never closed costs its own line', async () => {
    const good = Array.from({ length: 30_000 }, (_, row) => `c${row}.io,C`);
    const file = await read(['domain,name', 'acme.com,"Acme', 'b.io,B', ...good].join('\n'));
    expect(file.companies.length).toBe(30_001);
    expect(domains(file)[0]).toEqual([3, 'b.io']);
    expect(toldProblems(file.problems)).toEqual([
      { line: 2, field: '', reason: expect.stringMatching(/^A quotation mark is opened and never closed, or .* The line is skipped\.$/) },
    ]);
  });

  test('after twenty lost quotes the rest is left, and that is said', async () => {
    const row = `b.io,${'B'.repeat(1_000)}`;
    const part = ['a.io,"A', ...Array.from({ length: 210 }, () => row)];
    const file = await read(['domain,name', ...Array.from({ length: 25 }, () => part).flat()].join('\n'));
    expect(file.companies.length).toBe(20 * 210);
    expect(toldProblems(file.problems).filter(({ reason }) => reason.includes('A quotation mark')).length).toBe(21);
    expect(toldProblems(file.problems).at(-1)).toMatchObject({
      line: 2 + 20 * 211,
      reason: expect.stringMatching(/This line and all below it are skipped\.$/),
    });
  });

  test('characters across the borders of what is read at once stay whole', async () => {
    const name = '😀é例'.repeat(20);
    const file = await read(['domain,name', ...Array.from({ length: 2_000 }, (_, row) => `c${row}.io,${name}`)].join('\n'));
    expect(new Set(file.companies.map(({ facts }) => facts.name))).toEqual(new Set([name]));
  });
});

describe('JSONL', () => {
  test('lists stay lists, keys may differ from line to line, lines without an object are reported', async () => {
    const lines = ['{"Domain":"acme.com","tags":["a, b","c"]}', 'oops', '', '[1]', '"x"', '{"Website":"b.io","tags":"a, b"}'];
    const file = await read(lines.join('\r\n'));
    expect(domains(file)).toEqual([
      [1, 'acme.com'],
      [6, 'b.io'],
    ]);
    expect(file.companies.map(({ facts }) => facts.tags)).toEqual([
      ['a, b', 'c'],
      ['a', 'b'],
    ]);
    expect(file.rows).toBe(5);
    expect(file.problems.map(({ line }) => line)).toEqual([2, 4, 5]);
  });

  test('keys that mean something to JavaScript are just keys', async () => {
    const file = await read('{"domain":"acme.com","__proto__":{"name":"x"},"constructor":1}\n{"domain":"b.io"}');
    expect(file.companies.map(({ facts }) => facts.name)).toEqual(['', '']);
    expect(file.columns.ignored).toEqual(['__proto__', 'constructor']);
  });
});

test('whatever the bytes, there is a file or a refusal', async () => {
  const words = fc.constantFrom(
    'domain',
    'website',
    ',',
    ';',
    '"',
    '\n',
    '\r\n',
    'acme.com',
    '{',
    '}',
    '{"domain":"a.io"}',
    ':',
    '\0',
    'é',
    '[',
    '\ufeff',
  );
  const texts = fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')));
  const headed = texts.map((text) => Buffer.concat([Buffer.from('domain,name\n'), text]));
  const objects = fc.array(fc.dictionary(fc.constantFrom('domain', 'name', 'tags', 'employees', 'founded', 'x'), fc.jsonValue()), {
    minLength: 1,
  });
  const files = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    texts,
    headed,
    objects.map((list) => Buffer.from(jsonl(...list))),
  );
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      const file = await read(bytes).catch((error: unknown) => error);
      if (file instanceof Refusal) return void expect(file.code).toBe('file-unreadable');
      expect(file).toMatchObject({ rows: expect.any(Number), companies: expect.any(Array), problems: expect.any(Array) });
    }),
    { numRuns: 1_500 },
  );
});
