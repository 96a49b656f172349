import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runRank } from '../../src/cli/rank.ts';
import { CommandError } from '../../src/errors.ts';

const PROFILE = {
  name: 'Funnelwise',
  sells: 'Product analytics',
  customers: 'Developers',
  geography: 'Worldwide',
  partnerTypesWanted: ['technology'],
};
const LINES = [
  '\ufeff{"id":"a","name":"Mailer","domain":"mailer.example","oneLiner":"CRM for developers","tags":null,"teamSize":"12","new":1}',
  'not json',
  '[]',
  '',
  '{"id":"b","name":"Nameless","domain":null}',
  '{"website":"https://www.third.example/x","oneLiner":"Flowers"}',
];

let folder = '';
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rank-'));
  await writeFile(path('p.json'), JSON.stringify(PROFILE));
  await writeFile(path('c.jsonl'), LINES.join('\r\n'));
  await writeFile(path('c.jsonl.gz'), gzipSync(LINES.join('\n')));
  await writeFile(path('cut.jsonl.gz'), gzipSync(LINES.join('\n').repeat(50)).subarray(0, 60));
  await writeFile(path('plain.gz'), 'no gzip');
  await writeFile(path('bad.json'), '{');
  await writeFile(path('typo.json'), JSON.stringify({ ...PROFILE, partnerTypesWanted: ['technologie'], sells: undefined }));
});
afterAll(() => rm(folder, { recursive: true }));

async function rank(args: string[]): Promise<{ out: string[]; warnings: string[] }> {
  const out: string[] = [];
  const warnings: string[] = [];
  await runRank(
    args,
    (line) => out.push(line),
    (line) => warnings.push(line),
  );
  return { out, warnings };
}

describe('rank', () => {
  test.each(['c.jsonl', 'c.jsonl.gz'])('prints the ranking of %s as one JSON object and reports lines it cannot read', async (file) => {
    const { out, warnings } = await rank(['--profile', path('p.json'), '--companies', path(file), '--top', '2', '--all', '--json']);
    expect(out).toHaveLength(1);
    const result = JSON.parse(out[0] ?? '');
    expect(result).toMatchObject({
      candidates: 3,
      tookMs: expect.any(Number),
      ranked: [
        { id: 'a', domain: 'mailer.example', name: 'Mailer', type: 'technology', known: expect.any(Number) },
        { id: 'third.example', domain: 'third.example', name: 'third.example' },
      ],
    });
    expect(result.ranked[0].reasons[0].evidence[0]).toEqual({
      field: 'oneLiner',
      value: 'CRM for developers',
      source: `${file}:1`,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(warnings).toEqual([`${file}, line 2: is not JSON; skipped`, `${file}, line 3: is not a JSON object; skipped`]);
  });

  test('prints a table for people', async () => {
    const { out } = await rank(['--profile', path('p.json'), '--companies', path('c.jsonl'), '--type', 'technology']);
    expect(out[0]).toBe('3 companies read, 1 shown.');
    expect(out.join('\n')).toContain('Mailer (mailer.example), technology');
  });

  test.each([
    [['--companies', 'c.jsonl'], /Say which profile/],
    [['--profile', 'p.json'], /Say which companies/],
    [['--profile', 'p.json', '--companies', 'c.jsonl', '--type', 'friend'], /“friend” is no partner type; use one of reseller/],
    [['--profile', 'p.json', '--companies', 'c.jsonl', '--top', '0'], /“0” is no length/],
    [['--profile', 'p.json', '--companies', 'c.jsonl', '--top', '2.5'], /“2.5” is no length/],
    [['--profile', 'p.json', '--companies', 'c.jsonl', '--tpo', '2'], /--tpo/],
    [['--profile', 'none.json', '--companies', 'c.jsonl'], /cannot be read/],
    [['--profile', 'bad.json', '--companies', 'c.jsonl'], /is not JSON/],
    [['--profile', 'typo.json', '--companies', 'c.jsonl'], /sells.*partnerTypesWanted/],
    [['--profile', 'p.json', '--companies', 'none.jsonl'], /none.jsonl cannot be read/],
    [['--profile', 'p.json', '--companies', 'plain.gz'], /plain.gz cannot be read/],
    [['--profile', 'p.json', '--companies', 'cut.jsonl.gz'], /cut.jsonl.gz cannot be read/],
  ])('%j is refused in one sentence', async (args, message) => {
    const given = args.map((arg) => (/\.(json|jsonl|gz)$/.test(arg) ? path(arg) : arg));
    const refused = await rank([...given]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommandError);
    expect(refused).toMatchObject({ message: expect.stringMatching(message) });
    expect(refused).toMatchObject({ message: expect.not.stringContaining('\n') });
  });
});
