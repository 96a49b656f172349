import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { checkChannelJob } from '../../../jobs/onboard/check-channel.ts';
import { sweepInvitations } from '../../../jobs/onboard/sweep-invitations.ts';
import { readChannel } from '../../../src/onboard/channels/follow-channel.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { EXT_QUILLMONT, MIA, MILO, PARTNERSHIPS, PIA, TOBY } from '../../sandbox/cast.ts';
import type { Json } from '../../sandbox/json.ts';
import { aPartner, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
const TAMARACK_TEAM = 'T0TAMARACK';
const TOBYS = 'toby.thorn@tamarack.example';
let at = AT;
let product: Product;
let partner: Partner;
let names = 0;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => at });
});
afterAll(() => product.stop());
beforeEach(async () => {
  at = AT;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner({ name: 'Tamarack', domains: ['tamarack.example'], people: [{ name: 'Toby', email: TOBYS, role: 'sales' }] });
  names++;
});
afterEach(async () => {
  const { sandbox } = product;
  for (const method of ['conversations.inviteShared', 'pins.add']) sandbox.answerWith(method, null);
  for (const { channel, step } of sandbox.invitations.splice(0)) if (step === 'joined') await sandbox.unshare({ channel });
});

const standing = () => readChannel(HOME, partner);
const stateNow = async () => (await standing()).invitation?.state;
const dm = (who: string) => product.sandbox.messages({ as: who, channel: product.sandbox.dmWith(who) }).map(({ text }) => text);
const inChannel = (who: string, channel: string) => product.sandbox.messages({ as: who, channel });
const calls = (method: string) => product.sandbox.calls.filter((call) => call.method === method);
const press = (who: string, actionId: string, value: string) =>
  forgedClick(product, product.sandbox.sourceOf(who), { actionId, value, channel: PARTNERSHIPS, ephemeral: true });
const check = (partnerId = partner.id) => checkChannelJob.run({ workspaceId: HOME, partnerId }, product.deps);

async function until<T>(look: () => Promise<T | false | null | undefined>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`it never came: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The form for this partner; one that an earlier test left open is not it. */
const formOf = (who: string) => {
  const form = product.sandbox.modal(who);
  return form?.private_metadata?.includes(partner.id) && form;
};

async function invite(given: Json = {}): Promise<string> {
  const { sandbox } = product;
  await press(MILO, ACTIONS.channelOpen, partner.id);
  const form = await sandbox.waitFor(() => formOf(MILO));
  await sandbox.as(MILO).submit(form, { name: `ext-tamarack-${names}`, ...given });
  await until(async () => (await stateNow()) !== 'sending' && (await standing()).channel);
  return (await standing()).invitation?.channel ?? '';
}

describe('a partner is invited to a channel', () => {
  test('which is made, accepted, theirs from then on, and has their desk pinned; what is heard twice changes nothing', async () => {
    const { sandbox } = product;
    const channel = await invite();
    expect(await standing()).toMatchObject({ channel: { state: 'pending' }, invitation: { state: 'sent', email: TOBYS, postOnly: false } });
    expect(calls('conversations.inviteShared').at(-1)?.args).toMatchObject({ channel, external_limited: 'false' });
    await until(async () => dm(MILO).some((text) => text.includes('was invited')));
    // Nothing stands in the channel before they are in it.
    expect(inChannel(MILO, channel)).toEqual([]);

    await sandbox.acceptInvite({ as: TOBY, channel });
    const desk = await until(async () => inChannel(TOBY, channel).find(({ pinned }) => pinned));
    expect(JSON.stringify(desk.blocks)).toContain(MILO);
    expect(await getPartner(HOME, partner.id)).toMatchObject({
      ...{ channel, teamIds: [TAMARACK_TEAM], status: 'onboarding' },
      people: [{ email: TOBYS, slack: { userId: TOBY, teamId: TAMARACK_TEAM } }],
    });
    await until(async () => dm(MILO).some((text) => text.includes('is connected')));
    await until(async () => inChannel(TOBY, channel).some(({ text }) => /checklist/i.test(text)));
    const before = [dm(MILO), inChannel(TOBY, channel)].map(({ length }) => length);
    await check();
    await check();
    expect([dm(MILO), inChannel(TOBY, channel)].map(({ length }) => length)).toEqual(before);
    expect(await standing()).toMatchObject({ channel: { state: 'shared', pinProblem: '' }, invitation: { state: 'connected' } });
  });

  test('whose events never come: the daily look finds it all the same', async () => {
    const { sandbox } = product;
    const channel = await invite();
    const real = sandbox.invitations.find((one) => one.channel === channel);
    product.sandbox.setAppUrl('http://127.0.0.1:9');
    await sandbox.acceptInvite({ as: TOBY, channel }).catch(() => null);
    expect(real?.step).toBe('joined');
    expect(await stateNow()).toBe('sent');
    await check();
    // Nobody knows who accepted, so a colleague says that it is them.
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, teamIds: [], status: 'invited' });
    product.sandbox.setAppUrl(product.url);
    await press(MILO, ACTIONS.channelConfirm, (await standing()).invitation?.id ?? '');
    await until(async () => inChannel(TOBY, channel).some(({ pinned }) => pinned));
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel, teamIds: [TAMARACK_TEAM], status: 'onboarding' });
    expect(inChannel(TOBY, channel).filter(({ pinned }) => pinned)).toHaveLength(1);
  });

  test('accepted by somebody of another company: held until a manager says that it is them, and disconnected again', async () => {
    partner = await aPartner({
      name: 'Woldwright',
      domains: ['woldwright.example'],
      people: [{ name: 'Wanda', email: 'wanda@woldwright.example', role: 'sales' }],
    });
    const channel = await invite({ name: `ext-wold-${names}` });
    await product.sandbox.acceptInvite({ as: TOBY, channel });
    await until(async () => dm(MILO).some((text) => text.includes('I cannot tell whether they are of Woldwright')));
    expect(await standing()).toMatchObject({ invitation: { state: 'connected', reason: 'other-person' } });
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, teamIds: [], people: [{ name: 'Wanda', slack: null }] });
    expect(inChannel(TOBY, channel)).toEqual([]);
    const id = (await standing()).invitation?.id ?? '';
    await press(MIA, ACTIONS.channelConfirm, id);
    await press(MILO, ACTIONS.channelConfirm, id);
    await until(async () => inChannel(TOBY, channel).some(({ pinned }) => pinned));
    expect(await getPartner(HOME, partner.id)).toMatchObject({
      channel,
      teamIds: [TAMARACK_TEAM],
      people: [{}, { slack: { userId: TOBY } }],
    });
    expect(await listAudit(HOME, { action: 'partner.bind' })).toMatchObject([{ by: MILO }]);
    await press(MILO, ACTIONS.channelWithdraw, id);
    await until(async () => (await getPartner(HOME, partner.id)).teamIds.length === 0);
    await check();
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, teamIds: [], people: [{ slack: null }, { slack: null }] });
    expect(await stateNow()).toBe('withdrawn');
  });

  test('an admin of theirs never answers: the invitation can be withdrawn, and ends by itself', async () => {
    const channel = await invite();
    await product.sandbox.acceptInvite({ as: TOBY, channel, approval: 'theirs' });
    await until(async () => (await stateNow()) === 'awaiting-admin');
    at = new Date(AT.getTime() + 15 * 86_400_000);
    await sweepInvitations.run({}, product.deps);
    await until(async () => (await stateNow()) === 'expired');
    await until(async () => dm(MILO).some((text) => text.includes('no admin has approved it')));
  });

  test('an admin of theirs is asked first, and says no', async () => {
    const channel = await invite();
    await product.sandbox.acceptInvite({ as: TOBY, channel, approval: 'theirs' });
    await until(async () => (await stateNow()) === 'awaiting-admin');
    await until(async () => dm(MILO).some((text) => text.includes('has to approve it')));
    expect((await getPartner(HOME, partner.id)).teamIds).toEqual([]);
    await product.sandbox.denyInvite({ channel });
    await until(async () => (await stateNow()) === 'declined');
    await until(async () => dm(MILO).some((text) => text.includes('was declined')));
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, teamIds: [], status: 'invited' });
  });

  test('who does not answer in fourteen days; sent again to the same channel', async () => {
    const channel = await invite();
    product.sandbox.ageInvite({ channel, days: 15 });
    at = new Date(AT.getTime() + 15 * 86_400_000);
    await sweepInvitations.run({}, product.deps);
    await until(async () => (await stateNow()) === 'expired');
    await until(async () => dm(MILO).some((text) => text.includes('did not accept')));
    const { invitation } = await standing();
    await press(MILO, ACTIONS.channelAgain, invitation?.id ?? '');
    await until(async () => (await stateNow()) === 'sent');
    expect((await standing()).invitation).toMatchObject({ channel, email: TOBYS });
    // Pressed twice: there is one.
    await press(MILO, ACTIONS.channelAgain, invitation?.id ?? '');
    expect(calls('conversations.inviteShared').filter(({ args, response }) => args.channel === channel && response.ok)).toHaveLength(2);
  });

  test('and withdrawn: whoever accepts all the same is bound to nobody, and the team hears of it', async () => {
    const channel = await invite();
    const { invitation } = await standing();
    await press(MILO, ACTIONS.channelWithdraw, invitation?.id ?? '');
    await until(async () => (await stateNow()) === 'withdrawn');
    await product.sandbox.acceptInvite({ as: TOBY, channel });
    await until(async () => dm(MILO).some((text) => text.includes('accepted the withdrawn invitation')));
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, teamIds: [] });
    expect(inChannel(TOBY, channel)).toEqual([]);
    await product.sandbox.unshare({ channel });
  });

  test.each([
    ['not_paid', 'paid Slack plan'],
    ['restricted_action', 'rules of your Slack workspace'],
    ['missing_scope', 'installs Partnerships once more'],
    ['something_new', 'something_new'],
  ])('and Slack says %s: the reason is told in words', async (error, words) => {
    product.sandbox.answerWith('conversations.inviteShared', () => ({ ok: false, error }));
    await invite();
    expect(await stateNow()).toBe('failed');
    await until(async () => dm(MILO).some((text) => text.includes(words)));
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, status: 'invited' });
  });

  test('whose answer got lost: what is open then is ours', async () => {
    let lost = 0;
    product.sandbox.answerWith('conversations.inviteShared', async (_args, real) => {
      const answer = await real();
      lost++;
      return lost === 1 ? { ok: false, error: 'internal_error' } : answer;
    });
    const channel = await invite();
    expect(await stateNow()).toBe('sent');
    await product.sandbox.acceptInvite({ as: TOBY, channel });
    await until(async () => (await stateNow()) === 'connected');
  });

  test('of two managers at once one invites', async () => {
    const { sandbox } = product;
    await press(MILO, ACTIONS.channelOpen, partner.id);
    await press('U0ANAALDER', ACTIONS.channelOpen, partner.id);
    const forms = await Promise.all([MILO, 'U0ANAALDER'].map(async (who) => [who, await sandbox.waitFor(() => formOf(who))] as const));
    await Promise.all(forms.map(([who, form]) => sandbox.as(who).submit(form, { name: `ext-tamarack-${names}-${who.toLowerCase()}` })));
    await until(async () => (await stateNow()) === 'sent');
    const shown = forms.map(([who]) => JSON.stringify(sandbox.modal(who)));
    expect(shown.filter((words) => words.includes('under way'))).toHaveLength(1);
    expect(sandbox.invitations.filter(({ email, step }) => email === TOBYS && step === 'sent')).toHaveLength(1);
  });

  test('a member may not, and is told beside the field what is wrong', async () => {
    const { sandbox } = product;
    await press(MIA, ACTIONS.channelOpen, partner.id);
    await sandbox.waitFor(() => JSON.stringify(sandbox.modal(MIA)).includes('You need the role'));
    await press(MILO, ACTIONS.channelOpen, partner.id);
    const form = await sandbox.waitFor(() => formOf(MILO));
    const submit = (filled: Json) => sandbox.as(MILO).submit(form, filled);
    expect(await submit({ name: 'Ext Tamarack' })).toMatchObject({ errors: { name: expect.stringContaining('lower-case') } });
    expect(await submit({ place: 'existing' })).toMatchObject({ errors: { channel: 'Choose the channel' } });
    expect(await submit({ email: 'nobody' })).toMatchObject({ errors: { email: expect.stringContaining('no e-mail address') } });
    expect(await submit({ place: 'existing', channel: PARTNERSHIPS, person: 'nobody' })).toMatchObject({
      errors: { email: expect.stringContaining('shared with nobody') },
    });
  });
});

describe('a channel that is shared with them already', () => {
  test('is theirs at once, without an invitation', async () => {
    partner = await aPartner({ name: 'Quillmont Ltd', domains: ['quillmont.example'] });
    await invite({ place: 'existing', channel: EXT_QUILLMONT, person: 'nobody' });
    await until(async () => (await stateNow()) === 'connected');
    await until(async () => inChannel(PIA, EXT_QUILLMONT).find(({ pinned }) => pinned));
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: EXT_QUILLMONT, teamIds: [QUILLMONT_TEAM], status: 'onboarding' });
  });

  test('but whose Slack workspace is another partner’s: nothing is bound, and the owner hears why', async () => {
    await aPartner({}, { channel: null });
    await invite({ place: 'existing', channel: EXT_QUILLMONT, person: 'nobody' });
    await until(async () => dm(MILO).some((text) => text.includes('belongs to another partner')));
    expect(await getPartner(HOME, partner.id)).toMatchObject({ channel: null, teamIds: [] });
  });
});
