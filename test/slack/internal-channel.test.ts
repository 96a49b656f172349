import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postDigest } from '../../jobs/discover/post-digest.ts';
import { findLatestDigest } from '../../src/discover/digest/digest-repository.ts';
import { findCompaniesByName } from '../../src/programme/companies/company-names.ts';
import { startDraft } from '../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../src/recruit/outreach/write-draft.ts';
import { showDraft } from '../../src/slack/recruit/drafts.ts';
import { ANA, PARTNERSHIPS, PIA } from '../sandbox/cast.ts';
import { type Json, jsonOf } from '../sandbox/json.ts';
import { aContact, HOME, milo } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { bringCompanies, setUp } from '../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false, now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  await bringCompanies(3, AT);
});
afterEach(() => product.sandbox.answerWith('conversations.info', null));

const run = (day = '2026-11-23') => postDigest.run({ workspaceId: HOME, day, round: 0, by: 'schedule' }, product.deps);
const inChannel = () => product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS });
const toAna = () => product.sandbox.messages({ as: ANA, channel: product.sandbox.dmWith(ANA) });
const info = (change: Json) => async (_args: Json, real: () => Promise<Json>) => {
  const answer = await real();
  return { ...answer, channel: { ...jsonOf(answer.channel), ...change } };
};
const no = (error: string) => () => ({ ok: false, error });

describe('a channel that others can read, or that nobody can vouch for, gets no digest and no draft', () => {
  test.each([
    ['shared after set-up', info({ is_ext_shared: true, is_shared: true })],
    ['a share that is not accepted yet', info({ is_pending_ext_shared: true })],
    ['a share another company has asked for', info({ pending_shared: ['T0ELSEWHERE'] })],
    ['Slack does not say whether it is shared', info({ is_ext_shared: undefined })],
    ['archived', info({ is_archived: true })],
    ['the bot is no member', info({ is_member: false })],
    ['a direct message', info({ is_im: true })],
    ['a group of people', info({ is_mpim: true })],
    ['unknown to Slack', no('channel_not_found')],
    ['Slack refuses to say', no('missing_scope')],
    ['Slack answers with something else', () => ({ ok: true })],
  ])('%s', async (_name, stub) => {
    product.sandbox.answerWith('conversations.info', stub);
    const [before, told] = [inChannel().length, toAna().length];
    await run();
    await run();
    expect(inChannel().length).toBe(before);
    const words = toAna().slice(told);
    expect(words).toHaveLength(1);
    expect(words[0]?.text).toContain('digest was not posted');
    expect(JSON.stringify(words)).not.toContain('Oakfield');
    // The day's candidates are not used up by a digest nobody saw.
    expect(await findLatestDigest(HOME)).toBeNull();

    const draftId = await aDraft();
    await expect(showDraft(await product.deps.slackFor(HOME), HOME, draftId, AT)).rejects.toThrow('refused: channel');
    expect(inChannel().length).toBe(before);

    product.sandbox.answerWith('conversations.info', null);
    await run();
    expect(JSON.stringify(inChannel().slice(before))).toContain('Oakfield 1');
  });

  test('an outage of Slack is no refusal: the job fails and is tried again', async () => {
    product.sandbox.answerWith('conversations.info', no('internal_error'));
    const before = inChannel().length;
    await expect(run()).rejects.toThrow('internal_error');
    expect(inChannel().length).toBe(before);
  });

  test('each admin is told once a day, and again the next day', async () => {
    product.sandbox.answerWith('conversations.info', no('channel_not_found'));
    const told = toAna().length;
    for (const day of ['2026-11-23', '2026-11-23', '2026-11-24']) await run(day);
    expect(toAna().length - told).toBe(2);
  });
});

test('shared between the digest and a decision: the old message is not brought up to date, and nothing follows it', async () => {
  await run();
  const digest = await findLatestDigest(HOME);
  expect(digest?.items.length).toBeGreaterThan(0);
  product.sandbox.share(PARTNERSHIPS, [PIA]);
  const seen = () => JSON.stringify(product.sandbox.messages({ as: PIA, channel: PARTNERSHIPS }));
  const before = seen();
  const draftId = await aDraft();
  await expect(showDraft(await product.deps.slackFor(HOME), HOME, draftId, AT)).rejects.toThrow('refused: channel-shared');
  await run('2026-11-24');
  expect(seen()).toBe(before);
});

async function aDraft(): Promise<string> {
  const [company] = await findCompaniesByName(HOME, 'Oakfield 3', 1);
  const { draft } = await startDraft(milo, company?.id ?? '', aContact({ email: 'dana@oakfield3.example' }), AT);
  await writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
  return draft.id;
}
