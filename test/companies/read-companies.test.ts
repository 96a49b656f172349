import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CompanyFile, readCompanyFile } from '../../src/companies/read-companies.ts';
import { Refusal } from '../../src/errors.ts';

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
    expect(file.problems).toEqual([
      { line: 2, field: '', reason: 'The row has 2 cells, the header 3. The row is skipped.' },
      { line: 3, field: '', reason: 'The row has 4 cells, the header 3. The row is skipped.' },
    ]);
  });

  test('a quote that is never closed costs its own line', async () => {
    const good = Array.from({ length: 30_000 }, (_, row) => `c${row}.io,C`);
    const file = await read(['domain,name', 'acme.com,"Acme', 'b.io,B', ...good].join('\n'));
    expect(file.companies.length).toBe(30_001);
    expect(domains(file)[0]).toEqual([3, 'b.io']);
    expect(file.problems).toEqual([
      { line: 2, field: '', reason: expect.stringMatching(/^A quotation mark is opened and never closed, or .* The line is skipped\.$/) },
    ]);
  });

  test('after twenty lost quotes the rest is left, and that is said', async () => {
    const row = `b.io,${'B'.repeat(1_000)}`;
    const part = ['a.io,"A', ...Array.from({ length: 210 }, () => row)];
    const file = await read(['domain,name', ...Array.from({ length: 25 }, () => part).flat()].join('\n'));
    expect(file.companies.length).toBe(20 * 210);
    expect(file.problems.filter(({ reason }) => reason.includes('A quotation mark')).length).toBe(21);
    expect(file.problems.at(-1)).toMatchObject({
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

describe('values', () => {
  test.each<[string, unknown, object, number]>([
    ['employees', 1200, { teamSize: 1200 }, 0],
    ['employees', '1,200', { teamSize: 1200 }, 0],
    ['employees', '~ 50 people', { teamSize: 50 }, 0],
    ['employees', '12.0', { teamSize: 12 }, 0],
    ['employees', '11-50', { teamSize: null, sizeBand: '11-50' }, 0],
    ['employees', '201–500 employees', { sizeBand: '51-500' }, 0],
    ['employees', '501 to 1,000', { sizeBand: '500+' }, 0],
    ['employees', '500+', { sizeBand: '500+' }, 0],
    ['employees', '50+', { teamSize: null, sizeBand: null }, 1],
    ['employees', '11-200', { teamSize: null, sizeBand: null }, 1],
    ['employees', '50-11', { teamSize: null, sizeBand: null }, 1],
    ['employees', 'many', { teamSize: null }, 1],
    ['employees', '0', { teamSize: null }, 1],
    ['employees', '-5', { teamSize: null }, 1],
    ['employees', '1e9', { teamSize: null }, 1],
    ['employees', 'N/A', { teamSize: null }, 0],
    ['employees', { count: 5 }, { teamSize: null }, 1],
    ['founded', 2015, { founded: 2015 }, 0],
    ['founded', '2015-03-01', { founded: 2015 }, 0],
    ['founded', '3019', { founded: null }, 1],
    ['founded', '1066', { founded: null }, 1],
    ['founded', 'long ago', { founded: null }, 1],
    ['status', 'ACTIVE', { status: 'Active' }, 0],
    ['status', 'prospect', { status: null }, 1],
    ['tags', 'a; b|c ;A;', { tags: ['a', 'b', 'c'] }, 0],
    ['tags', 'a, b', { tags: ['a', 'b'] }, 0],
    ['tags', ['a', null, 2, { b: 1 }], { tags: ['a', '2'] }, 1],
    ['tags', { a: 1 }, { tags: [] }, 1],
    ['tags', Array.from({ length: 60 }, (_, tag) => `t${tag}`), { tags: Array.from({ length: 50 }, (_, tag) => `t${tag}`) }, 1],
    ['aliases', 'Acme, Inc., Acme Labs', { aliases: ['Acme, Inc.', 'Acme Labs'] }, 0],
    ['hq', 'New York, NY, USA', { locations: ['New York, NY, USA'] }, 0],
    ['hq', 'Berlin; Paris', { locations: ['Berlin', 'Paris'] }, 0],
    ['name', '  Acme\u0000\u202e \t\n Inc ', { name: 'Acme Inc' }, 0],
    ['name', '=HYPERLINK("x")', { name: '=HYPERLINK("x")' }, 0],
    ['name', '@cme', { name: '@cme' }, 0],
    ['name', '\ud800 half', { name: '\ufffd half' }, 0],
    ['name', 'a'.repeat(201), { name: 'a'.repeat(200) }, 1],
    ['name', `${'a'.repeat(199)}😀`, { name: 'a'.repeat(199) }, 1],
    ['description', 'a'.repeat(5_001), { description: 'a'.repeat(5_000) }, 1],
    ['website', 'www.acme.com/en', { website: 'https://www.acme.com/en' }, 0],
    ['website', 'https://github.com/acme', { website: 'https://github.com/acme' }, 0],
    ['website', 'javascript:alert(1)', { website: '' }, 1],
    ['website', `https://acme.com/${'a'.repeat(600)}`, { website: '' }, 1],
  ])('%s %j', async (field, value, facts, problems) => {
    const file = await read(jsonl({ domain: 'acme.com', [field]: value }));
    expect(file.companies[0]?.facts).toMatchObject(facts);
    expect(file.problems).toEqual(Array.from({ length: problems }, () => ({ line: 1, field, reason: expect.stringMatching(/^\S.*\.$/) })));
  });

  test('city, region and country are one location', async () => {
    const file = await read(
      'domain,City,State,Country,Location\na.com,Austin,TX,USA,Remote\nb.com,,,Peru,\nc.com,Bonn,,Germany,"Bonn, Germany"',
    );
    expect(file.companies.map(({ facts }) => facts.locations)).toEqual([['Remote', 'Austin, TX, USA'], ['Peru'], ['Bonn, Germany']]);
  });

  test('the website stands in for a missing or bad domain, and a row without either is told why', async () => {
    const file = await read('Domain,Website\n,acme.com/x\njo@b.io,https://b.io\ngithub.io,\n,\n"x y",10.0.0.1\n-,\n');
    expect(file.companies.map(({ domain }) => domain)).toEqual(['acme.com', 'b.io', null, null, null]);
    expect(file.problems).toEqual([
      { line: 3, field: 'Domain', reason: '“jo@b.io” is an e-mail address; give the web domain. Left out.' },
      { line: 4, field: 'Domain', reason: expect.stringContaining('is an ending that many domains share') },
      { line: 6, field: 'Domain', reason: expect.stringContaining('“x y” is not a web domain') },
      { line: 6, field: 'Website', reason: '“10.0.0.1” is an IP address; give the web domain. The row is skipped.' },
      { line: 7, field: '', reason: 'There is no web domain and no website. The row is skipped.' },
    ]);
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
      if (file instanceof Refusal) return expect(file.code).toBe('file-unreadable');
      expect(file).toMatchObject({ rows: expect.any(Number), companies: expect.any(Array), problems: expect.any(Array) });
    }),
    { numRuns: 1_500 },
  );
});
