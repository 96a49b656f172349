import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findAnswer, findHelp } from '../../../blocks/discover/find-answer.ts';
import { ACTIONS } from '../../../blocks/ids.ts';
import { findCompanies } from '../../../src/discover/find/find-companies.ts';
import { suggestWords } from '../../../src/discover/find/suggest-words.ts';
import { understandRequest } from '../../../src/discover/find/understand-request.ts';
import { message } from '../../blocks/slack-takes.ts';
import { ANA, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { AT, aCompany, HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
});

/** What the person sees next that says `part`. */
async function ask(who: string, words: string, part: string) {
  const { sandbox } = product;
  const before = sandbox.state(who).messages.length;
  await sandbox.as(who).command(GENERAL, `/partners find ${words}`);
  return sandbox.waitFor(() =>
    sandbox
      .state(who)
      .messages.slice(before)
      .find(({ text, blocks }) => JSON.stringify([text, blocks]).includes(part)),
  );
}
const said = async (who: string, words: string, part: string) => JSON.stringify((await ask(who, words, part)).blocks);

describe('/partners find', () => {
  test.each([
    ['a member', MIA],
    ['a manager', MILO],
    ['an admin', ANA],
  ])('%s is told what was understood, and gets companies with buttons', async (_name, who) => {
    await setUp(AT);
    await bringCompanies(12, AT);
    const page = await ask(who, 'healthcare companies in the UK foo', 'I understood');
    const words = JSON.stringify(page.blocks);
    expect(words).toContain('healthcare · United Kingdom');
    expect(words).toContain('“foo” I did not use');
    expect(words).toContain('1–10 of 12 companies: best match first, then best fit');
    expect(words).toContain('“Leeds, United Kingdom” in its locations');
    expect(words).toContain('list.csv');
    for (const id of [ACTIONS.companyDetails, ACTIONS.listNext]) expect(words).toContain(id);
    expect(words.includes(ACTIONS.companyDraft)).toBe(who !== MIA);
  });

  test('what holds a company back is said beside it; a mistyped word is asked about', async () => {
    await setUp(AT);
    await aCompany({ name: 'Closed Ward', domain: 'ward.example', oneLiner: 'Orthodontics platform', status: 'Inactive' });
    expect(await said(MIA, 'orthodontics', 'Closed Ward')).toMatch(/held back: [^"]*closed or bought by another company/);
    expect(await said(MIA, 'orthodontcs', 'Did you mean')).toContain('find orthodontics');
  });

  test('More shows the rest, Details opens', async () => {
    await setUp(AT);
    await bringCompanies(12, AT);
    const { sandbox } = product;
    const page = await ask(MIA, 'healthcare companies in the UK', '1–10 of 12');
    await sandbox.as(MIA).click(page, ACTIONS.listNext);
    const next = await sandbox.waitFor(() =>
      sandbox.state(MIA).messages.find(({ blocks }) => JSON.stringify(blocks ?? []).includes('11–12 of 12 companies')),
    );
    expect(JSON.stringify(next.blocks)).toContain(ACTIONS.listBack);
    await sandbox.as(MIA).click(next, ACTIONS.companyDetails);
    await sandbox.waitFor(() => (JSON.stringify(sandbox.modal(MIA)?.blocks ?? []).includes('Oakfield') ? true : null));
  });

  test('nothing found: which demand keeps how many out, and what to give up', async () => {
    await setUp(AT);
    await bringCompanies(3, AT);
    const words = await said(MIA, 'healthcare companies in Poland', 'None of your 3 companies');
    expect(words).toContain('*Poland* keeps out 3');
    expect(words).not.toContain(ACTIONS.companyDraft);
  });

  test('no words, words that ask for nothing, and too many: how to ask', async () => {
    await setUp(AT);
    expect(await said(MIA, '', 'healthcare VARs in Poland')).toContain('Say in plain words');
    expect(await said(MIA, 'with the', 'I found nothing in that')).toContain('Say in plain words');
    expect(await said(MIA, 'payments '.repeat(60), 'I read up to 500')).toContain('539 characters');
  });

  test('nothing on file: how to import; nothing set up: what is missing', async () => {
    expect(JSON.stringify(await ask(MIA, 'resellers', '/partners setup'))).toContain('what you sell');
    await setUp(AT);
    expect(await said(MILO, 'resellers', 'no companies to look through')).toContain(ACTIONS.importOpen);
  });

  test('what is typed forges no mention and no link', async () => {
    await setUp(AT);
    await aCompany();
    const words = await said(MIA, '“&lt;!channel&gt;” R&amp;D &lt;https://evil.example|x&gt;', 'I understood');
    expect(words).toContain('&lt;!channel&gt;');
    expect(words).not.toMatch(/<!channel|&amp;amp;|<https:\/\/evil/);
  });

  test('a person of another company gets nothing, by command or by button', async () => {
    await setUp(AT);
    await bringCompanies(3, AT);
    const { sandbox } = product;
    const value = JSON.stringify({ from: 0, words: 'healthcare' });
    await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.listNext, value, ephemeral: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(JSON.stringify(sandbox.state(PIA).messages)).not.toMatch(/Oakfield|I understood/);
  });
});

test('Slack takes an answer with all at its longest, and nothing in it is cut in half', async () => {
  await setUp(AT);
  const long = '&<!channel> *_~`😀 '.repeat(40);
  for (let n = 0; n < 10; n++) {
    await aCompany({
      domain: `company${n}.example`,
      name: long,
      oneLiner: `Reseller for clinics ${long}`,
      description: `${long} Xero`,
      locations: [`${long}, Poland`],
      teamSize: 20,
    });
  }
  const words = 'small resellers for clinics in Poland <!channel> Xero foo';
  const request = understandRequest(words);
  const findings = await findCompanies(
    HOME,
    { ...request, parts: request.parts.filter(({ said }) => !said.includes('channel')) },
    { from: 0, count: 10, now: AT },
  );
  expect(findings.found).toHaveLength(10);
  const suggestion = { meant: [{ typed: 'x', word: long }], words };
  message(
    {
      text: 'x',
      blocks: findAnswer(request, { ...findings, total: 99, leftOut: { gated: 9_999, notFit: 9_999 } }, { from: 10, words, suggestion }),
    },
    'response_url',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.boolean(), (typed, isFound) => {
      const read = understandRequest(typed);
      const none = { ...findings, found: [], notOnFile: [typed] };
      message(
        {
          text: 'x',
          blocks: findAnswer(read, isFound ? findings : none, {
            from: 0,
            words: typed,
            suggestion: suggestWords(typed, read, { isFound }),
          }),
        },
        'response_url',
      );
    }),
  );
  message({ text: 'x', blocks: findHelp('x') }, 'response_url');
});
