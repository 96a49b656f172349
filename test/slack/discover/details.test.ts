import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CRITERION_WORDS } from '../../../blocks/discover/vocabulary.ts';
import { ACTIONS } from '../../../blocks/ids.ts';
import { fitWords } from '../../../blocks/words.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { ANA, GENERAL, MIA } from '../../sandbox/cast.ts';
import { AT, aCompany, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  await aCompany({ name: 'Tidemark', domain: 'tidemark.example', oneLiner: 'CRM for clinics' });
  await aCompany({ name: 'Writer', domain: 'writer.example', description: 'Works with Tidemark every day.' });
});

const answer = async (who: string, command: string) => {
  const { sandbox } = product;
  const before = sandbox.messages({ as: who, channel: GENERAL }).length;
  await sandbox.as(who).command(GENERAL, command);
  return sandbox.waitFor(() => sandbox.messages({ as: who, channel: GENERAL })[before]);
};

test.each([
  ['/partners list', MIA],
  ['/partners show Tidemark', ANA],
])('Details behind %s has the score of the list, and who names the company, with link and age', async (command, who) => {
  const { sandbox } = product;
  const ranked = (await rankCandidates(HOME, { top: 5, now: AT })).ranked.find(({ name }) => name === 'Tidemark');
  if (!ranked) throw new Error('Tidemark is not in the list');
  const card = await answer(who, command);
  // A table has no bold.
  expect(JSON.stringify(card.blocks).replaceAll('*', '')).toContain(fitWords(ranked).replaceAll('*', ''));
  await sandbox.as(who).click(card, ACTIONS.companyDetails, { value: ranked.id });
  const details = await sandbox.waitFor(() => {
    const words = JSON.stringify(sandbox.modal(who)?.blocks ?? []);
    return words.includes('The score is the points') ? words : null;
  });
  expect(details).toContain(fitWords(ranked));
  for (const { criterion, points, max } of ranked.reasons) {
    expect(details).toContain(`*${CRITERION_WORDS[criterion as keyof typeof CRITERION_WORDS]}: ${points} of ${max}*`);
  }
  const number = /named by Writer: “Works with Tidemark every day\.” \[(\d)\]/.exec(details)?.[1];
  expect(details).toMatch(new RegExp(`\\[${number}\\] your file partners\\.csv, line 2, \\d{4}-\\d\\d-\\d\\d \\(today\\)`));
});
