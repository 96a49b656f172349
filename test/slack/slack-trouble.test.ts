import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { VIEWS } from '../../blocks/ids.ts';
import { postDigest } from '../../jobs/discover/post-digest.ts';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { findCompaniesByName } from '../../src/programme/companies/company-names.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PARTNERSHIPS, PIA } from '../sandbox/cast.ts';
import type { SandboxMessage } from '../sandbox/contract.ts';
import { eventCallback, messageEvent, viewSubmission } from '../sandbox/payloads.ts';
import { HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { bringCompanies, setUp } from '../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let product: Product;
let card: SandboxMessage;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT, sandbox: { retryDelaysMs: [] } });
});
afterAll(() => product.stop());
beforeEach(async () => {
  const { sandbox, installations, deps } = product;
  await installations.connectByToken(sandbox.cast.app.botToken);
  await setUp(AT);
  await bringCompanies(2, AT);
  const before = inChannel().length;
  await postDigest.run({ workspaceId: HOME, day: '2026-11-23', round: 0, by: 'schedule' }, deps);
  card = await sandbox.waitFor(() => inChannel()[before]);
});
afterEach(() => {
  for (const method of ['views.open', 'views.update', 'chat.postMessage', 'chat.update', 'users.info'])
    product.sandbox.answerWith(method, null);
});

const inChannel = () => product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).filter(({ onlyFor }) => onlyFor === null);
const readBy = (who: string) => product.sandbox.messages({ as: who }).map(({ text }) => text);
/** The first sentence somebody reads after `act` that was not there before. */
async function sentence(who: string, act: () => Promise<unknown>): Promise<string> {
  const before = readBy(who).length;
  await act();
  return product.sandbox.waitFor(() => readBy(who)[before]);
}
const decision = async (name: string) => (await findCompaniesByName(HOME, name, 1))[0]?.decision?.kind ?? null;
const firstCompany = () => JSON.stringify(card.blocks).match(/Oakfield \d/)?.[0] ?? '';

describe('when Slack is late or says no', () => {
  test.each(['expired_trigger_id', 'trigger_expired', 'internal_error', 'invalid_arguments'])(
    'views.open answers %s: the person reads a sentence and may try again',
    async (error) => {
      const { sandbox } = product;
      sandbox.answerWith('views.open', () => ({ ok: false, error }));
      for (const action of ['company.details', 'company.draft', 'company.reject']) {
        expect(await sentence(MILO, () => sandbox.as(MILO).click(card, action))).toMatch(/[Tt]ry again/);
      }
      expect(await sentence(MILO, () => sandbox.as(MILO).command(GENERAL, '/partners setup'))).toMatch(/[Tt]ry again/);
      expect(sandbox.modal(MILO)).toBeNull();
      sandbox.answerWith('views.open', null);
      await sandbox.as(MILO).click(card, 'company.details');
      const modal = await sandbox.waitFor(() => (JSON.stringify(sandbox.modal(MILO)).includes('of 100') ? sandbox.modal(MILO) : null));
      await sandbox.as(MILO).close(modal);
    },
  );

  test('a modal closed before it is filled disturbs nobody', async () => {
    product.sandbox.answerWith('views.update', () => ({ ok: false, error: 'not_found' }));
    const before = readBy(MILO).length;
    await product.sandbox.as(MILO).click(card, 'company.details');
    await product.sandbox.waitFor(() => product.sandbox.calls.at(-1)?.method === 'views.update');
    expect(readBy(MILO).length).toBe(before);
    const open = product.sandbox.modal(MILO);
    if (open) await product.sandbox.as(MILO).close(open);
  });

  test('a dead response_url: the decision stands, the product goes on', async () => {
    await product.sandbox.as(MILO).command(GENERAL, `/partners show ${firstCompany()}`);
    const own = await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: MILO, channel: GENERAL }).find(({ text }) => text === firstCompany()),
    );
    await product.sandbox.as(MILO).click(own, 'company.later');
    const form = await product.sandbox.waitFor(() =>
      JSON.stringify(product.sandbox.modal(MILO)?.blocks ?? []).includes('Until when?') ? product.sandbox.modal(MILO) : null,
    );
    product.sandbox.expireResponseUrls();
    expect(await product.sandbox.as(MILO).submit(form, { until: '2099-01-01' })).toEqual({ ok: true });
    await until(async () => (await decision(firstCompany())) === 'later');
    await sentence(ANA, () => product.sandbox.as(ANA).command(GENERAL, '/partners help'));
  });

  test.each(['chat.update', 'views.open', 'chat.postMessage'])('429 on %s for a second: waited for, and then done', async (method) => {
    const { sandbox, deps } = product;
    sandbox.rateLimit(method, 1);
    const before = inChannel().length;
    const posting = postDigest.run({ workspaceId: HOME, day: '2026-11-24', round: 0, by: 'schedule' }, deps);
    expect(await sandbox.as(MILO).click(card, 'company.details')).toEqual({ ok: true });
    await posting;
    expect(inChannel().length).toBe(before + 1);
    expect(inChannel().at(-1)?.blocks.length).toBeGreaterThan(0);
    const open = await sandbox.waitFor(() => sandbox.modal(MILO) ?? readBy(MILO).find((text) => /try again/i.test(text)));
    if (typeof open !== 'string') await sandbox.as(MILO).close(open);
  });

  describe('users.info fails: nobody is taken for a colleague or for an outsider', () => {
    const UNCHECKED = 'I could not check who you are. Try again in a minute.';
    // Anew for each test: a person is remembered for some minutes.
    const forgetPeople = async () => {
      const { sandbox } = product;
      for (const id of [ANA, MILO, MIA])
        await sandbox.postEvent(eventCallback(sandbox.sourceOf(id), { type: 'user_change', user: { id }, event_ts: '1.2' }, false));
    };
    beforeEach(async () => {
      await forgetPeople();
      product.sandbox.answerWith('users.info', () => ({ ok: false, error: 'internal_error' }));
    });

    test('a command; the next one asks again', async () => {
      const { sandbox } = product;
      expect(await sentence(MIA, () => sandbox.as(MIA).command(GENERAL, '/partners list'))).toBe(UNCHECKED);
      sandbox.answerWith('users.info', null);
      expect(await sentence(MIA, () => sandbox.as(MIA).command(GENERAL, '/partners list'))).toContain('Candidates');
    });

    test('a mention in a shared channel: said to the one who asked, and to nobody else', async () => {
      const { sandbox } = product;
      const before = sandbox.messages({ as: ANA, channel: EXT_QUILLMONT }).length;
      await sandbox.as(ANA).mention(EXT_QUILLMONT, 'list');
      const answers = () => sandbox.messages({ as: ANA, channel: EXT_QUILLMONT }).slice(before + 1);
      expect((await sandbox.waitFor(() => answers()[0])).text).toBe(UNCHECKED);
      expect(answers().map(({ onlyFor }) => onlyFor)).toEqual([ANA]);
      expect(readBy(PIA).join()).not.toContain(UNCHECKED);
    });

    test('the Home tab, a direct message, a button that opens a form, and a form', async () => {
      const { sandbox } = product;
      await sandbox.as(MILO).openHome();
      await sandbox.waitFor(() => JSON.stringify(sandbox.home(MILO)).includes(UNCHECKED));
      expect(
        await sentence(MILO, () =>
          sandbox
            .as(MILO)
            .dm('list')
            .then(() => sandbox.waitFor(() => readBy(MILO).includes(UNCHECKED))),
        ),
      ).toBe('list');
      await sandbox.as(MILO).click(card, 'company.details');
      const modal = await sandbox.waitFor(() => (JSON.stringify(sandbox.modal(MILO)).includes(UNCHECKED) ? sandbox.modal(MILO) : null));
      await sandbox.as(MILO).close(modal);
      expect(await decision(firstCompany())).toBeNull();
      expect(await listAudit(HOME, { action: 'company.details-refused' })).toEqual([]);
    });

    test('somebody chosen for a role: said beside the field', async () => {
      const { sandbox } = product;
      sandbox.answerWith('users.info', null);
      await sandbox.as(ANA).command(GENERAL, '/partners roles');
      const open = await sandbox.waitFor(() =>
        JSON.stringify(sandbox.modal(ANA)).includes('Role from now on') ? sandbox.modal(ANA) : null,
      );
      sandbox.answerWith('users.info', () => ({ ok: false, error: 'internal_error' }));
      const { errors } = await sandbox.as(ANA).submit(open, { user: MIA, role: 'manager' });
      expect(errors).toEqual({ user: 'I could not check who that is. Try again in a minute.' });
      await sandbox.as(ANA).close(open);
    });
  });
});

describe('the same thing twice', () => {
  test('an event that Slack sends again is answered, and shows nothing that was not there', async () => {
    const { sandbox } = product;
    const source = sandbox.sourceOf(ANA);
    const message = { text: 'hello', ts: '1795000000.000100' };
    const envelope = eventCallback(source, messageEvent(source, { type: 'message', message, channel: sandbox.dmWith(ANA) }), false);
    const answers = await Promise.all(Array.from({ length: 3 }, () => sandbox.postEvent(envelope)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await listAudit(HOME, { action: 'command.help-refused' })).toEqual([]);
  });

  test('twenty times *Put Off* by two people: one decision, one record, no error', async () => {
    const { sandbox } = product;
    const before = readBy(MILO).length;
    const [company] = await findCompaniesByName(HOME, firstCompany(), 1);
    const view = { id: 'V0', type: 'modal', callback_id: VIEWS.companyLater, private_metadata: JSON.stringify({ companyId: company?.id }) };
    const values = { until: { value: { type: 'datepicker', selected_date: '2099-01-01' } } };
    const sent = Array.from({ length: 20 }, (_, n) => {
      const who = n % 2 ? ANA : MILO;
      return sandbox.postPayload(viewSubmission(sandbox.sourceOf(who), { view, values, triggerId: sandbox.trigger(who) }));
    });
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    await until(async () => (await decision(firstCompany())) === 'later');
    await product.sandbox.waitFor(() => JSON.stringify(inChannel().at(-1)?.blocks).includes('Put off by'));
    expect(await listAudit(HOME, { action: 'company.decide' })).toHaveLength(1);
    expect(readBy(MILO).slice(before).join()).not.toContain('went wrong');
  });

  test('two open *Not a Fit* forms, both sent: the latest reason stands and both are on record', async () => {
    const { sandbox } = product;
    const open = async (who: string) => {
      await sandbox.as(who).click(card, 'company.reject', { stale: true });
      return sandbox.waitFor(() => (JSON.stringify(sandbox.modal(who)?.blocks ?? []).includes('Why is') ? sandbox.modal(who) : null));
    };
    const [hers, his] = [await open(ANA), await open(MILO)];
    expect(await sandbox.as(ANA).submit(hers, { reason: 'too-small' })).toEqual({ ok: true });
    await until(async () => (await decision(firstCompany())) === 'not-fit');
    expect(await sandbox.as(MILO).submit(his, { reason: 'other' })).toEqual({ ok: true });
    await until(async () => (await listAudit(HOME, { action: 'company.decide' })).length === 2);
    expect((await findCompaniesByName(HOME, firstCompany(), 1))[0]?.decision).toMatchObject({ reason: 'other', by: MILO });
  });

  test('twenty `/partners digest` at once: one digest a day', async () => {
    const { sandbox } = product;
    const before = inChannel().length;
    await Promise.all(Array.from({ length: 20 }, () => sandbox.as(MILO).command(GENERAL, '/partners digest')));
    await sandbox.waitFor(() => readBy(MILO).filter((text) => text.includes('stands in')).length >= 20);
    expect(inChannel().length).toBe(before);
  });
});

async function until(look: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await look()); waited++) {
    if (waited > 250) throw new Error('it did not happen within five seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
