import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { showDigest } from '../../../src/slack/discover/show-digest.ts';
import { MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { aCompany, ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri, { now: () => AT });
  await setUp(AT);
  await bringCompanies(4, AT);
});
afterEach(() => product.stop());

const shown = () => JSON.stringify(product.sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).map(({ blocks }) => blocks));

test('a digest shows nobody who asked for silence, or was named a competitor, or closed, after it was chosen', async () => {
  const digest = await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'schedule' }, AT);
  const [silent, rival, closed, good] = digest.items;
  if (!silent || !rival || !closed || !good) throw new Error('the digest is too short');
  await suppress(HOME, { kind: 'company', value: silent.domain }, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT });
  await saveProgramme(ana, 'leaveOut', { competitors: [rival.domain], customers: [], existing: [] }, AT);
  await aCompany({ name: closed.name, domain: closed.domain, status: 'Inactive' });
  await showDigest(await product.deps.slackFor(HOME), HOME, digest.id, AT);
  expect([silent, rival, closed, good].map(({ name }) => shown().includes(name))).toEqual([false, false, false, true]);
});
