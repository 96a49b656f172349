import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const CORPUS = fileURLToPath(new URL('../../../../shared/data/companies.jsonl.gz', import.meta.url));
const present = existsSync(CORPUS);

(present ? test : test.skip)(
  `real companies: each once, and unchanged the second time${present ? '' : ` (skipped: ${CORPUS} is absent)`}`,
  async () => {
    const file = { bytes: readFileSync(CORPUS), name: 'companies.jsonl.gz' };
    const first = await importCompanies('T1', file, { by: 'U1', at: new Date('2026-11-23T09:00:00Z') });
    expect(first).toMatchObject({ rows: 8_791, updated: 0, unchanged: 0, merged: 0 });
    expect(first.added).toBeGreaterThan(8_700);
    expect(first.columns?.ignored).toEqual(['topCompany', 'source']);
    const again = await importCompanies('T1', file, { by: 'U1', at: new Date('2026-11-24T09:00:00Z') });
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: first.added, problems: first.problems });
  },
);
