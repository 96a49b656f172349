import { afterEach, beforeEach, expect, test } from 'vitest';
import { getFitProfile } from '../../../src/discover/fit/fit-profile.ts';
import { keyOf, wordsOfUs } from '../../../src/discover/reviews/review.ts';
import { claimReading, settleReading } from '../../../src/discover/reviews/review-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { GENERAL, MIA, MILO } from '../../sandbox/cast.ts';
import { aRival } from '../../support/a-rival.ts';
import { AT, HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri);
  await setUp(AT);
  await bringCompanies(1, AT);
  await aRival();
});
afterEach(() => product.stop());

const competitors = async () => (await getProgramme(HOME)).leaveOut.competitors;
const answer = (words: RegExp, as = MILO) =>
  product.sandbox.waitFor(() =>
    product.sandbox.messages({ as, channel: GENERAL }).find(({ onlyFor, blocks }) => onlyFor && words.test(JSON.stringify(blocks))),
  );
const modal = (words: RegExp) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(MILO);
    return words.test(JSON.stringify(open?.blocks ?? [])) ? open : null;
  });

test('the list shows the quoted words; *Keep Out* keeps it out and leaves set-up alone, *Details* takes it back', async () => {
  const milo = product.sandbox.as(MILO);
  await milo.command(GENERAL, '/partners held');
  const list = await answer(/Looks like a competitor: “[^”]*business intelligence/i);
  await milo.click(list, 'hold.keep-out');
  await answer(/is kept out for good/);
  expect(await competitors()).toEqual([]);
  await milo.command(GENERAL, '/partners held');
  await answer(/Kept out by your team: fernmetrics\.example/);
  await milo.command(GENERAL, '/partners show Fernmetrics');
  await milo.click(await answer(/left out of every list/), 'company.details');
  const details = await modal(/Kept out as a competitor by/);
  await milo.click(details, 'hold.clear');
  const cleared = await modal(/Cleared of being a competitor/);
  await milo.click(cleared, 'hold.restore');
  await modal(/Looks like a competitor/);
});

test('*No Competitor* brings it among the candidates', async () => {
  const milo = product.sandbox.as(MILO);
  await milo.command(GENERAL, '/partners held');
  await milo.click(await answer(/Looks like a competitor/), 'hold.clear');
  await answer(/is not held back for that/);
  await milo.command(GENERAL, '/partners list');
  await answer(/Candidates, best first.*Fernmetrics/);
});

test('what the second reader says stands there with its words; *Suggest Anyway* overrules it, *Details* takes that back', async () => {
  const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
  const profile = await getFitProfile(HOME);
  if (!company || !profile) throw new Error('nothing to read');
  const claim = { key: 'k', at: AT, tries: 1 };
  const phrase = { field: 'oneLiner', words: 'Booking software' } as const;
  await claimReading(company, 'technology', null, claim);
  const reading = { key: 'k', us: keyOf(wordsOfUs(profile)), verdict: 'wrong-role', other: null, phrase, at: AT } as const;
  await settleReading(company, 'technology', claim, reading);
  const milo = product.sandbox.as(MILO);
  await milo.command(GENERAL, '/partners held');
  const list = await answer(/The second reader: wrong role, “Booking software”/);
  await milo.click(list, 'hold.suggest');
  const after = await answer(/Oakfield 1\* is not held back for that/);
  await milo.click(after, 'command.run', { value: 'list' });
  await milo.click(await answer(/Candidates, best first.*Oakfield 1/), 'company.details', { value: company.id });
  await milo.click(await modal(/Suggested as technology partner whatever the second reader says/), 'hold.restore');
  await modal(/As technology partner not suggested by itself: The second reader: wrong role/);
});

test('a member sees why, and no buttons; a click that is forged is refused', async () => {
  const mia = product.sandbox.as(MIA);
  await mia.command(GENERAL, '/partners held');
  const list = await answer(/Looks like a competitor/, MIA);
  expect(JSON.stringify(list.blocks)).not.toContain('hold.clear');
  const [company] = await findCompaniesByName(HOME, 'Fernmetrics', 1);
  const value = `${company?.id}|rival|0`;
  await forgedClick(product, product.sandbox.sourceOf(MIA), { actionId: 'hold.keep-out', value, channel: GENERAL, ephemeral: true });
  await product.sandbox.waitFor(async () => (await listAudit(HOME, { action: 'hold.rule-refused' })).length === 1);
  expect(await competitors()).toEqual([]);
});
