import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../blocks/ids.ts';
import { sweepDealMoves } from '../../jobs/manage/sweep-deal-moves.ts';
import { sweepDeals } from '../../jobs/manage/sweep-deals.ts';
import { creditSales } from '../../jobs/measure/credit-sales.ts';
import { rollUpRevenue } from '../../jobs/measure/roll-up-revenue.ts';
import { checkRevenue } from '../../src/measure/revenue/check-revenue.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { setUp } from '../support/ready-workspace.ts';
import { ANA, defaultCast, EXT_QUILLMONT, GENERAL, MILO, PIA, TOBY } from './cast.ts';
import { playFirstPartners } from './first-partners.ts';
import { playFirstYear } from './first-year.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => new Date() });
});
afterAll(() => product.stop());

test('one partner is under way, one has let its invitation lapse and can be sent it again, one has no Slack', async () => {
  const { sandbox } = product;
  await setUp(new Date());
  await playFirstPartners(sandbox, uri);
  const read = (who: string, channel: string) =>
    sandbox.messages({ as: who, channel }).map(({ text, blocks }) => JSON.stringify([text, blocks]));
  const waitFor = (who: string, channel: string, words: string) =>
    sandbox.waitFor(() => read(who, channel).find((one) => one.includes(words)), 20_000);
  await waitFor(PIA, EXT_QUILLMONT, '2 of 10 steps done');
  await waitFor(PIA, EXT_QUILLMONT, 'was accepted by Pia Pine');
  expect(await waitFor(ANA, sandbox.dmWith(ANA), 'did not accept')).toContain(ACTIONS.channelAgain);
  expect(sandbox.state(TOBY).invitations).toMatchObject([{ step: 'expired' }]);
  await sandbox.as(ANA).command(GENERAL, '/partners show Woldwright');
  expect(await waitFor(ANA, GENERAL, 'wanda@woldwright.example')).toContain(ACTIONS.pageSend);
});

test('a year of history is in the figures, and nobody is written to about it', async () => {
  const { sandbox, deps } = product;
  await setUp(new Date());
  const sent = () => [ANA, MILO].map((who) => sandbox.messages({ as: who, channel: sandbox.dmWith(who) }).length);
  const before = sent();
  await playFirstYear();
  await sweepDeals.run({}, deps);
  await sweepDealMoves.run({}, deps);
  await creditSales.run({}, deps);
  // So many figures at a time.
  for (let round = 0; round < 3; round++) await rollUpRevenue.run({}, deps);
  expect(await checkRevenue(defaultCast.team.id, new Date())).toEqual([]);
  const kinds = await mongoose.connection.collection('ledger').distinct('kind');
  expect(kinds.sort()).toEqual(expect.arrayContaining(['booked', 'collected']));
  expect(sent()).toEqual(before);
});
