import { expect, test } from 'vitest';
import { researchCard, researchFindings } from '../../../blocks/discover/research-card.ts';
import { aStep, type FoundCompany, NOTHING, type Research } from '../../../src/discover/research/research.ts';
import { NOTHING_KNOWN } from '../../../src/programme/companies/company.ts';
import { AT } from '../../support/builders.ts';
import { message } from '../slack-takes.ts';

const found = (n: number, text: string): FoundCompany => ({
  domain: `${n}-${'peatworks'.repeat(7)}.example`.slice(0, 80),
  facts: { ...NOTHING_KNOWN, name: text },
  origin: { source: 'https://list.example/', at: AT },
  origins: {},
  partner: { type: 'co-marketing', why: text, quote: text, url: 'https://list.example/' },
});
const run = (count: number, text: string): Research => ({
  id: 'r',
  workspaceId: 'T1',
  words: text.slice(0, 200),
  by: 'schedule',
  status: 'done',
  note: null,
  notBefore: null,
  steps: [
    { ...aStep('plan', 'x'), status: 'done' },
    ...[0, 1, 2, 3, 4, 5].map((step) => ({
      ...aStep('search', text.slice(0, 200)),
      status: 'done' as const,
      companies: Array.from({ length: count }, (_, n) => found(6 * n + step, text)),
    })),
  ],
  spent: NOTHING,
  createdAt: AT,
  updatedAt: AT,
});

test.each(['*_~`'.repeat(80), '<!channel> & "more" '.repeat(20), 'A plain reason '.repeat(30)])(
  'Slack takes many finds, each by name, with %s',
  (text) => {
    for (const count of [0, 1, 20]) {
      const blocks = researchFindings(run(count, text));
      message({ text: 'What I look at', blocks });
      const shown = JSON.stringify(blocks);
      expect(shown).not.toContain('<!channel>');
      expect(shown.match(/• /g) ?? []).toHaveLength(Math.min(25, 6 * count));
      expect(shown.includes('and 95 more')).toBe(count === 20);
    }
    message({ text: 'Research', blocks: researchCard(run(1, text), NOTHING, 3) });
  },
);
