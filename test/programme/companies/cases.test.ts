import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runDryImport } from '../../../src/cli/import.ts';

const CASES = fileURLToPath(new URL('./cases', import.meta.url));
const People = z.union([z.number(), z.tuple([z.number(), z.number().nullable()])]).nullable();
const Case = z.object({
  file: z.string(),
  expected: z.object({
    outcome: z.enum(['imported', 'refused', 'mapping-asked']),
    companies: z.number(),
    names: z.array(z.string()),
    domains: z.array(z.string()),
    first: z
      .object({ people: z.union([z.number(), z.tuple([z.number(), z.number()])]).optional(), place: z.string().optional() })
      .optional(),
  }),
});
const Told = z.object({
  outcome: z.string(),
  companies: z.number(),
  names: z.array(z.string()),
  domains: z.array(z.string()),
  columns: z.record(z.string(), z.string().nullable()),
  problems: z.array(z.object({ line: z.number(), field: z.string(), message: z.string() })),
  first: z.object({ people: People, place: z.string().nullable() }),
});

const cases = readFileSync(`${CASES}/files.jsonl`, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => Case.parse(JSON.parse(line)));

async function told(file: string): Promise<z.infer<typeof Told>> {
  const lines: string[] = [];
  await runDryImport({ file: `${CASES}/files/${file}`, json: true }, (line) => lines.push(line));
  return Told.parse(JSON.parse(lines.join('')));
}

/** A range may be kept as the band it lies in, a number only as itself. */
function isSameSize(kept: z.infer<typeof People>, expected: number | [number, number]): boolean {
  if (!Array.isArray(expected) || !Array.isArray(kept)) return kept === expected;
  return kept[0] <= expected[0] && (kept[1] ?? Number.POSITIVE_INFINITY) >= expected[1];
}

test.each(cases)('$file', async ({ file, expected }) => {
  const { outcome, companies, names, domains, first } = await told(file);
  expect({ outcome, companies, names: names.slice(0, 3), domains: domains.slice(0, 3) }).toEqual({
    outcome: expected.outcome,
    companies: expected.companies,
    names: expected.names,
    domains: expected.domains,
  });
  if (expected.first?.people !== undefined) expect(isSameSize(first.people, expected.first.people)).toBe(true);
  if (expected.first?.place) expect(first.place).toBe(expected.first.place);
});

describe('what the cases say beside the figures', () => {
  test.each([
    ['s05-pipedrive.csv', 4, /no web domain/],
    ['s06-hubspot.csv', 4, /also on line 3/],
    ['s07-salesforce.csv', 4, /no web domain/],
    ['s16-email-only.csv', 4, /gmail\.com” is a provider/],
    ['s22-no-domain.csv', 0, /must name the columns/],
    ['s23-opaque-headings.csv', 0, /“F1”, “F2”, “F3”, “F4”/],
  ])('%s names line %i', async (file, line, words) => {
    const { problems } = await told(file);
    expect(problems).toEqual([expect.objectContaining({ line, message: expect.stringMatching(words) })]);
  });

  test.each([
    ['s05-pipedrive.csv', 'Organization - Owner'],
    ['s07-salesforce.csv', 'Billing Zip/Postal Code'],
    ['s08-german.csv', 'PLZ'],
    ['s14-array.json', 'url'],
  ])('%s: nothing is read from “%s”, and that is listed', async (file, title) => {
    expect((await told(file)).columns[title]).toBeNull();
  });
});
