import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { ANA, GENERAL, MILO, PARTNERSHIPS } from '../sandbox/cast.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri);
});
afterAll(() => product.stop());

const CSV = `Company,Website,Tagline,Description,Industry,Employees,Location
Peatworks,https://peatworks.example,Appointment booking for clinics,Online booking and reminders for clinics with an open API and integrations.,Healthcare;SaaS,60,"Leeds, United Kingdom"
Oatley Consulting,oatley.example,Operations consultants for hospitals,We advise hospitals and implement clinic software.,Healthcare;Consulting,42,"London, United Kingdom"
Vantage,vantage.example,Analytics for clinics,Analytics for clinic groups.,Analytics,58,"London, United Kingdom"
`;

test('from set-up to a mail that two people shaped: setup, import, digest, details, draft, edit, approve, sent', async () => {
  const { sandbox } = product;
  const ana = sandbox.as(ANA);
  const modal = (who = ANA) => sandbox.waitFor(() => sandbox.modal(who));
  const shown = (part: string, who = ANA) =>
    sandbox.waitFor(() => (JSON.stringify(sandbox.modal(who)?.blocks ?? []).includes(part) ? sandbox.modal(who) : null));
  const inChannel = (part: string) =>
    sandbox.waitFor(() =>
      sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).find((message) => JSON.stringify(message.blocks).includes(part)),
    );

  await ana.command(GENERAL, '/partners setup');
  await ana.submit(await shown('Your company’s website'), { website: 'larkspur.example' });
  const company = await shown('What do you sell');
  const typed = { name: 'Larkspur', website: 'nonsense', sells: 'x', customers: 'Clinics', regions: 'UK', partnerTypes: ['technology'] };
  expect((await ana.submit(company, typed)).errors).toEqual({
    website: expect.stringContaining('domain'),
    sells: expect.stringContaining('sentence'),
  });
  await ana.submit(await modal(), {
    name: 'Larkspur',
    website: 'larkspur.example',
    sells: 'Analytics and reporting software for private clinics',
    customers: 'Private clinics and hospitals',
    regions: 'United Kingdom',
    partnerTypes: ['technology', 'consultant'],
  });
  await ana.submit(await shown('Competitors'), { competitors: 'vantage.example' });
  await ana.submit(await shown('Team channel'), {
    channel: PARTNERSHIPS,
    hour: '8',
    timeZone: 'Europe/London',
    weekdays: ['1', '2', '3', '4', '5', '6', '7'],
    count: '5',
  });
  await ana.submit(await shown('Postal address'), {
    name: 'Ana Alder',
    address: 'ana@larkspur.example',
    postalAddress: '1 Harbour Street, London',
  });
  await shown('Everything is set');
  await ana.close(await modal());

  await ana.command(GENERAL, '/partners roles');
  await ana.submit(await shown('Role from now on'), { user: MILO, role: 'manager' });
  await shown(MILO);
  await ana.close(await modal());

  const file = await ana.upload('partners.csv', Buffer.from(CSV));
  await ana.command(GENERAL, '/partners import');
  await ana.submit(await shown('Or paste'), { file: [file] });
  await ana.submit(await shown('is read as'), {});
  await sandbox.waitFor(() =>
    sandbox.messages({ as: ANA, channel: sandbox.dmWith(ANA) }).find(({ blocks }) => JSON.stringify(blocks).includes('*3* new')),
  );
  await ana.close(await modal());

  await ana.command(GENERAL, '/partners digest');
  const digest = await inChannel('Peatworks');
  expect(JSON.stringify(digest.blocks)).not.toContain('Vantage');
  expect(JSON.stringify(digest.blocks)).toContain('Oatley');

  await ana.click(digest, 'company.details');
  await shown('of 100');
  await ana.close(await modal());

  await ana.click(digest, 'company.draft');
  await ana.submit(await shown('Where is the address from'), {
    name: 'Dana Reed',
    email: 'dana@peatworks.example',
    country: 'GB',
    basis: 'published',
    recipient: 'company',
    origin: 'website',
    source: 'https://peatworks.example/contact',
  });
  const card = await inChannel('waiting for approval');
  expect(sandbox.modal(ANA)).toBeNull();

  await sandbox.as(MILO).click(card, 'draft.edit');
  const edit = await shown('Subject', MILO);
  await sandbox.as(MILO).submit(edit, {
    subject: 'Booking and analytics for clinics',
    body: 'Hello Dana,\n\nwould you like to talk about joining our two products?\n\nAna',
  });
  const second = await inChannel('version 2');
  await ana.click(second, 'draft.approve');
  await ana.submit(await shown('would you like to talk'), {});
  const mail = await sandbox.waitFor(() => sandbox.mail[0]);
  expect(mail).toMatchObject({ to: expect.stringContaining('dana@peatworks.example'), subject: 'Booking and analytics for clinics' });
  expect(mail.text).toContain('would you like to talk');
  expect(sandbox.modal(ANA)).toBeNull();
  const sent = await inChannel('Sent <!date');
  expect(JSON.stringify(sent.blocks)).toContain(`Approved by <@${ANA}>`);

  const actions = (await listAudit(sandbox.cast.team.id)).map(({ action }) => action);
  for (const action of [
    'programme.save',
    'role.change',
    'companies.import',
    'company.decide',
    'draft.start',
    'draft.edit',
    'draft.approve',
    'draft.sent',
  ])
    expect(actions).toContain(action);
});
