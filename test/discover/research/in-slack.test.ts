import { afterEach, beforeEach, expect, test } from 'vitest';
import { pauseStanding } from '../../../src/discover/research/standing-research.ts';
import { findCompanyByDomain } from '../../../src/programme/companies/company-repository.ts';
import { ANA, GENERAL, MIA, MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';
import { type ResponsesReply, type ResponsesRequest, startResponsesServer } from '../../support/responses-server.ts';
import { startSites } from '../../support/site-server.ts';
import { sweepAll } from '../../support/sweep-all.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
const PAGE = 'https://list.example/clinics';
let product: Product;
let server: Awaited<ReturnType<typeof startResponsesServer>>;
let sites: Awaited<ReturnType<typeof startSites>>;
let hang = false;

const reply = ({ text }: ResponsesRequest): ResponsesReply => {
  if (text.format.name === 'research_plan') return { answer: { queries: ['clinic booking software'] }, searches: 0 };
  if (hang) return 'hang';
  const facts = [{ field: 'oneLiner', value: 'Appointment booking for clinics', quote: 'Oatley books appointments', url: PAGE }];
  const partner = { type: 'technology', why: 'It books *what* you report on', quote: 'books appointments', url: PAGE };
  return { answer: { companies: [{ name: 'Oatley', website: 'oatley.example', url: PAGE, partner, facts }] }, sources: [PAGE] };
};

async function begin(env: Record<string, string>) {
  product = await startProduct(uri, { now: () => AT, env, network: sites.network });
  await setUp(AT);
  // Only what somebody asks for; what nobody asks for has a test file of its own.
  await pauseStanding(ana, true, AT);
}
beforeEach(async () => {
  hang = false;
  server = await startResponsesServer(reply);
  sites = await startSites({ 'list.example/clinics': '<p>Oatley books appointments for clinics.</p>' });
});
afterEach(async () => {
  await product.stop();
  await server.close();
  await sites.close();
});

const inChannel = (...parts: string[]) =>
  product.sandbox.waitFor(() =>
    product.sandbox
      .messages({ as: ANA, channel: PARTNERSHIPS })
      .find(({ blocks }) => parts.every((part) => JSON.stringify(blocks).includes(part))),
  );
const told = (who: string, part: string) =>
  product.sandbox.waitFor(() =>
    product.sandbox.messages({ as: who, channel: GENERAL }).find((message) => JSON.stringify(message).includes(part)),
  );

test('a manager’s words become companies: progress in the channel, what was found in the thread', async () => {
  await begin(server.env);
  await product.sandbox.as(MILO).command(GENERAL, '/partners research clinics in <!channel> Leeds');
  await told(MILO, 'I show how it goes');
  const head = await inChannel('*Research: clinics in', 'Done', '1 company found, 1 new', 'of $0.60', 'of $3.00');
  expect(JSON.stringify(head.blocks)).not.toMatch(/<!channel>|research\.cancel/);
  const found = await inChannel('What I found', 'oatley.example', 'Technology partner: It books', '“books appointments”', '/partners list');
  expect(JSON.stringify(found.blocks)).not.toContain('<!channel>');
  expect(found.threadTs).toBe(head.ts);
  expect(await findCompanyByDomain(HOME, 'oatley.example')).toMatchObject({ name: 'Oatley', origin: { source: PAGE } });
  expect(product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS })).toHaveLength(2);
  // The sweep finds nothing that was left undone.
  await sweepAll(product.deps);
  expect(server.requests).toHaveLength(2);
});

test('Cancel stops it while the model thinks; members may neither start nor stop', async () => {
  hang = true;
  await begin(server.env);
  await product.sandbox.as(MIA).command(GENERAL, '/partners research clinics');
  await told(MIA, 'You need the role');
  await product.sandbox.as(ANA).command(GENERAL, '/partners research clinics');
  const head = await inChannel('Looking on the web', '0 of 1 search');
  await product.sandbox.waitFor(() => server.requests.length === 2);
  await product.sandbox.as(ANA).command(GENERAL, '/partners research others');
  await told(ANA, 'under way already');
  await product.sandbox.as(MIA).click(head, 'research.cancel', { stale: true });
  expect(JSON.stringify((await inChannel('Research: clinics')).blocks)).toContain('Looking on the web');
  await product.sandbox.as(MILO).click(head, 'research.cancel', { stale: true });
  expect(JSON.stringify((await inChannel('Cancelled')).blocks)).not.toContain('research.cancel');
  await product.sandbox.waitFor(() => server.waiting() === 0);
  expect(server.requests).toHaveLength(2);
});

test('without a key, and without words, it says what to do', async () => {
  await begin({});
  await product.sandbox.as(ANA).command(GENERAL, '/partners research clinics');
  await told(ANA, 'OPENAI_API_KEY');
  await product.sandbox.as(ANA).command(GENERAL, '/partners research');
  await told(ANA, '/partners research ERP consultants in Poland');
});
