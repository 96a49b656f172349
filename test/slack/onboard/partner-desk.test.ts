import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { checkChannelJob } from '../../../jobs/onboard/check-channel.ts';
import { mergePartnersJob } from '../../../jobs/onboard/merge-partners.ts';
import { showChecklistJob } from '../../../jobs/onboard/show-checklist.ts';
import { showDeskJob } from '../../../jobs/onboard/show-desk.ts';
import { readChannel } from '../../../src/onboard/channels/follow-channel.ts';
import { startMerge } from '../../../src/onboard/partners/merge-partners.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { findPost } from '../../../src/slack/post-repository.ts';
import { ANA, EXT_QUILLMONT, MILO, PARTNERSHIPS, PIA, TOBY } from '../../sandbox/cast.ts';
import type { Json } from '../../sandbox/json.ts';
import { jsonOf } from '../../sandbox/json.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner();
});
afterEach(async () => {
  const { sandbox } = product;
  for (const method of ['conversations.info', 'pins.add']) sandbox.answerWith(method, null);
  for (const { ts, userId } of all())
    if (userId === sandbox.cast.app.botUserId) await sandbox.deleteMessage({ as: ANA, channel: EXT_QUILLMONT, ts });
});

const all = (as = PIA) => product.sandbox.messages({ as, channel: EXT_QUILLMONT });
/** Without the checklist, which follows the desk. */
const inChannel = (as = PIA) => all(as).filter(({ text }) => !/checklist/i.test(text));
const desks = () => inChannel().filter(({ pinned }) => pinned);
const dm = (as: string) => product.sandbox.messages({ as, channel: product.sandbox.dmWith(as) });
const show = () => showDeskJob.run({ workspaceId: HOME, partnerId: partner.id }, product.deps);
const buttonsIn = (shown: unknown) => [...JSON.stringify(shown).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id);
const info = (change: Json) => async (_args: Json, real: () => Promise<Json>) => {
  const answer = await real();
  return { ...answer, channel: { ...jsonOf(answer.channel), ...change } };
};

describe('the desk', () => {
  test('stands in their channel once, pinned, and says who their contact is', async () => {
    await show();
    await show();
    expect(desks()).toHaveLength(1);
    expect(inChannel()).toHaveLength(1);
    expect(JSON.stringify(desks())).toContain(`<@${MILO}>`);
    expect(buttonsIn(desks())).toContain(ACTIONS.deskAsk);
  });

  test('is pinned again, posted again, and posted anew when a manager asks', async () => {
    const { sandbox } = product;
    await show();
    const [first] = desks();
    await sandbox.unpin({ as: PIA, channel: EXT_QUILLMONT, ts: first?.ts ?? '' });
    await sandbox.waitFor(() => desks()[0]?.ts === first?.ts);
    await sandbox.deleteMessage({ as: ANA, channel: EXT_QUILLMONT, ts: first?.ts ?? '' });
    expect(desks()).toEqual([]);
    await checkChannelJob.run({ workspaceId: HOME, partnerId: partner.id }, product.deps);
    const [second] = desks();
    expect(second).toBeDefined();
    await sandbox.as(MILO).command(PARTNERSHIPS, '/partners desk Quillmont');
    const third = await sandbox.waitFor(() => desks().find(({ ts }) => ts !== second?.ts));
    expect(inChannel()).toHaveLength(1);
    await sandbox.as(MILO).command(EXT_QUILLMONT, '/partners desk');
    await sandbox.waitFor(() => desks().find(({ ts }) => ts !== third.ts));
    expect(desks()).toHaveLength(1);
  });

  test('that cannot be pinned stands all the same, and the owner hears why, once', async () => {
    product.sandbox.answerWith('pins.add', () => ({ ok: false, error: 'missing_scope' }));
    const told = dm(MILO).length;
    await checkChannelJob.run({ workspaceId: HOME, partnerId: partner.id }, product.deps);
    await checkChannelJob.run({ workspaceId: HOME, partnerId: partner.id }, product.deps);
    expect(inChannel()).toHaveLength(1);
    expect(
      dm(MILO)
        .slice(told)
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining('`pins:write`')]);
    expect((await readChannel(HOME, partner)).channel?.pinProblem).toBe('missing_scope');
  });

  test.each([
    ['another company is in it', { shared_team_ids: ['T0LARKSPUR', 'T0QUILLMNT', 'T0STRANGER'] }],
    ['one is about to come', { is_pending_ext_shared: true }],
    ['it is archived', { is_archived: true }],
    ['Slack does not say who is in it', { is_ext_shared: undefined }],
  ])('is not posted where %s; the owner hears it once', async (_name, change) => {
    product.sandbox.answerWith('conversations.info', info(change));
    const told = dm(MILO).length;
    await show();
    await show();
    expect(inChannel()).toEqual([]);
    expect(
      dm(MILO)
        .slice(told)
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining('cannot stand in')]);
  });

  test('and the checklist are those of the record that stays when two are merged; the checklist moves with the channel', async () => {
    await show();
    await showChecklistJob.run({ workspaceId: HOME, partnerId: partner.id }, product.deps);
    const shown = all().map(({ ts }) => ts);
    expect(shown).toHaveLength(2);
    const stays = await aPartner({ name: 'Quill Ltd', domains: ['quill.test'], people: [] });
    await startMerge(milo, stays, await getPartner(HOME, partner.id), AT);
    await mergePartnersJob.run({ workspaceId: HOME, partnerId: stays.id }, product.deps);
    for (const job of [showDeskJob, showChecklistJob]) await job.run({ workspaceId: HOME, partnerId: stays.id }, product.deps);
    expect(all().map(({ ts }) => ts)).toEqual(shown);
    expect(JSON.stringify(all())).not.toContain(partner.id);
    await changed(await getPartner(HOME, stays.id), { channel: PARTNERSHIPS });
    await showChecklistJob.run({ workspaceId: HOME, partnerId: stays.id }, product.deps);
    expect((await findPost(HOME, `checklist:${stays.id}`))?.channel).not.toBe(EXT_QUILLMONT);
  });

  test('loses its buttons when the partnership ends, and the channel is told once', async () => {
    await show();
    await endPartner(milo, partner.id, 'They went another way', AT);
    await show();
    await show();
    expect(buttonsIn(inChannel())).toEqual([]);
    expect(inChannel().filter(({ text }) => text.includes('has ended'))).toHaveLength(1);
    expect(JSON.stringify(inChannel())).not.toContain('another way');
  });
});

test('their company leaves the channel: it is theirs no more, and nothing is posted there', async () => {
  const { sandbox } = product;
  await show();
  const before = inChannel(MILO).length;
  sandbox.answerWith('conversations.info', info({ is_ext_shared: false, shared_team_ids: ['T0LARKSPUR'] }));
  const event = { type: 'channel_unshared', previously_connected_team_id: 'T0QUILLMNT', channel: EXT_QUILLMONT, is_ext_shared: false };
  for (const id of ['Ev0ONE', 'Ev0TWO']) await sandbox.postEvent(eventOf(event, id));
  for (let round = 0; round < 200 && (await getPartner(HOME, partner.id)).channel; round++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await getPartner(HOME, partner.id)).channel).toBeNull();
  expect(inChannel(MILO)).toHaveLength(before);
});

test('Slack gives their channel another id: everything follows', async () => {
  await product.sandbox.changeChannelId({ from: EXT_QUILLMONT, to: 'C0MOVED001' });
  for (let round = 0; round < 200 && (await getPartner(HOME, partner.id)).channel === EXT_QUILLMONT; round++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await getPartner(HOME, partner.id)).channel).toBe('C0MOVED001');
  await product.sandbox.changeChannelId({ from: 'C0MOVED001', to: EXT_QUILLMONT });
});

function eventOf(event: Json, id: string): Json {
  const { team, app } = product.sandbox.cast;
  return {
    ...{ type: 'event_callback', token: 'deprecated', team_id: team.id, api_app_id: app.id, event_id: id, event_time: 1, event },
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false }],
  };
}

describe('a partner’s person', () => {
  test('asks: the question comes to the owner with the way to the channel, and is kept nowhere else', async () => {
    const { sandbox } = product;
    await show();
    const [desk] = desks();
    if (!desk) throw new Error('no desk');
    await sandbox.as(PIA).click(desk, ACTIONS.deskAsk);
    const form = await sandbox.waitFor(() => sandbox.modal(PIA)?.callback_id === VIEWS.deskAsk && sandbox.modal(PIA));
    await sandbox.as(PIA).submit(form, { question: 'May we quote your <!channel> prices?' });
    const asked = await sandbox.waitFor(() =>
      dm(MILO).find(({ text, blocks }) => text.includes('asks you something') && blocks.length > 0),
    );
    expect(JSON.stringify(asked.blocks)).toContain('May we quote your <!channel> prices?');
    expect(JSON.stringify(asked.blocks)).toContain(`<#${EXT_QUILLMONT}>`);
    // Their words are plain text, in which Slack marks nobody.
    expect(asked.blocks.find((block) => JSON.stringify(block).includes('May we'))).toMatchObject({ text: { type: 'plain_text' } });
    await sandbox.waitFor(() => JSON.stringify(sandbox.modal(PIA)).includes('on its way'));
    const [entry] = await listAudit(HOME, { action: 'question.ask' });
    expect(entry).toMatchObject({ by: PIA, subject: `partner:${partner.id}` });
    expect(JSON.stringify(entry)).not.toContain('quote');
  });

  test('mentions the bot or writes to it: gets their desk’s buttons and nothing internal', async () => {
    const { sandbox } = product;
    await sandbox.as(PIA).mention(EXT_QUILLMONT, 'list');
    const answer = await sandbox.waitFor(() => inChannel().find(({ threadTs, blocks }) => threadTs && buttonsIn(blocks).length > 0));
    expect(buttonsIn(answer.blocks)).toContain(ACTIONS.deskAsk);
    expect(answer.onlyFor).toBeNull();
    await sandbox.as(PIA).dm('what can you do?');
    const direct = await sandbox.waitFor(() => dm(PIA).find(({ userId }) => userId === sandbox.cast.app.botUserId));
    expect(buttonsIn(direct.blocks)).toEqual(buttonsIn(answer.blocks));
  });

  test('where others read along, gets them alone', async () => {
    const { sandbox } = product;
    sandbox.answerWith('conversations.info', info({ shared_team_ids: ['T0LARKSPUR', 'T0QUILLMNT', 'T0STRANGER'] }));
    await sandbox.as(PIA).mention(EXT_QUILLMONT, 'hello');
    const answer = await sandbox.waitFor(() => inChannel().find(({ onlyFor }) => onlyFor === PIA));
    expect(buttonsIn(answer.blocks)).toContain(ACTIONS.deskAsk);
    expect(JSON.stringify(inChannel(MILO).filter(({ userId }) => userId === sandbox.cast.app.botUserId))).not.toContain('action_id');
  });

  test('once the partnership has ended: hears that, and gets no buttons', async () => {
    const { sandbox } = product;
    await endPartner(milo, partner.id, 'They went another way', AT);
    await sandbox.as(PIA).mention(EXT_QUILLMONT, 'hello');
    const answer = await sandbox.waitFor(() => inChannel().find(({ onlyFor, text }) => onlyFor === PIA && text.includes('has ended')));
    expect(buttonsIn(answer)).toEqual([]);
  });

  test('of no partner, or of the team: cannot ask', async () => {
    const { sandbox } = product;
    for (const who of [TOBY, MILO]) {
      await forgedClick(product, sandbox.sourceOf(who), { actionId: ACTIONS.deskAsk, value: partner.id });
      await sandbox.waitFor(() => JSON.stringify(sandbox.modal(who)).match(/partner’s own people|team that runs/));
    }
  });
});
