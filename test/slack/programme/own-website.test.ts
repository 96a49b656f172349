import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { VIEWS } from '../../../blocks/ids.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { grantFirstAdmin } from '../../../src/programme/workspaces/change-role.ts';
import { ANA, GENERAL, MIA } from '../../sandbox/cast.ts';
import { viewSubmission } from '../../sandbox/payloads.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { startSites } from '../../support/site-server.ts';

const { uri } = useMongo();
let product: Product;
let sites: Awaited<ReturnType<typeof startSites>>;
beforeAll(async () => {
  sites = await startSites({
    'larkspur.example/': `<title>Larkspur</title><meta name="description" content="Reporting software for clinics and *hospitals* in Norway.">`,
    'shy.example/robots.txt': 'User-agent: *\nDisallow: /',
  });
  product = await startProduct(uri, { now: () => AT, workers: false, network: sites.network });
});
afterAll(async () => {
  await product.stop();
  await sites.close();
});
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await grantFirstAdmin(HOME, ANA, AT);
  for (let open = product.sandbox.modal(ANA); open; open = product.sandbox.modal(ANA)) await product.sandbox.as(ANA).close(open);
});

const shown = (part: string, who = ANA) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(who);
    return JSON.stringify(open?.blocks ?? []).includes(part) ? open : null;
  });

test('set-up begins with the website, proposes what it says, and saves what a person made of it', async () => {
  const ana = product.sandbox.as(ANA);
  await ana.command(GENERAL, '/partners setup');
  const first = await shown('Your company’s website');
  expect((await ana.submit(first, { website: 'no site' })).errors).toEqual({ website: expect.stringContaining('example.com') });
  await ana.submit(await shown('Your company’s website'), { website: 'https://www.larkspur.example/de?x=1' });
  const form = await shown('This is what I read on');
  for (const words of ['Larkspur', 'Reporting software for clinics', 'Norway']) expect(JSON.stringify(form.blocks)).toContain(words);
  expect((await getProgramme(HOME)).company).toBeNull();
  await ana.submit(form, { regions: 'Norway, Sweden', partnerTypes: ['technology'] });
  // What was understood follows, with its correction.
  const next = JSON.stringify((await shown('*I understood:*')).blocks);
  expect(next).toContain('Correct');
  expect((await getProgramme(HOME)).company).toEqual({
    name: 'Larkspur',
    website: 'larkspur.example',
    sells: 'Reporting software for clinics and *hospitals* in Norway.',
    customers: 'Reporting software for clinics and *hospitals* in Norway.',
    regions: 'Norway, Sweden',
    partnerTypes: ['technology'],
  });
  // From now on the form opens with what is saved.
  await ana.close(await shown('Competitors'));
  await ana.command(GENERAL, '/partners setup');
  await shown('Team channel');
});

test('a site that may not be read: the reason, and empty fields to go on with', async () => {
  const ana = product.sandbox.as(ANA);
  await ana.command(GENERAL, '/partners setup');
  await ana.submit(await shown('Your company’s website'), { website: 'shy.example' });
  const form = JSON.stringify((await shown('I could not read shy.example')).blocks);
  expect(form).toContain('robots.txt');
  expect(form).toContain('What do you sell?');
  expect(sites.requests).not.toContain('shy.example/');
});

test('nobody but an admin has a site read', async () => {
  const asked = sites.requests.length;
  await product.sandbox.as(MIA).command(GENERAL, '/partners setup');
  const refused = await shown('admin', MIA);
  expect(JSON.stringify(refused.blocks)).not.toContain('website');
  const source = product.sandbox.sourceOf(MIA);
  const values = { website: { value: { type: 'plain_text_input', value: 'larkspur.example' } } };
  const view = { ...refused, callback_id: VIEWS.setupWebsite };
  await product.sandbox.postPayload(viewSubmission(source, { view, values, triggerId: product.sandbox.trigger(MIA) }));
  expect(await listAudit(HOME, { action: 'programme.open-refused' })).toMatchObject([
    { by: MIA },
    { by: MIA, subject: 'programme:website' },
  ]);
  expect(sites.requests.slice(asked)).toEqual([]);
});
