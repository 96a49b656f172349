import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { channelStateOf } from '../../../src/onboard/channels/channel.ts';
import { broughtIn, signalOf } from '../../../src/onboard/channels/follow-channel.ts';
import {
  changeBy,
  channelNameFor,
  INVITATION_STATES,
  type Invitation,
  isOpenInvitation,
  isPastDue,
  MOVES,
  maySendAgain,
  type Signal,
  waitsFor,
} from '../../../src/onboard/channels/invitation.ts';
import { AT, HOME } from '../../support/builders.ts';

const TOBY = { userId: 'U0TOBY', teamId: 'T0TAMARACK', name: 'Toby Thorn', email: 'toby@tamarack.example' };
const anInvitation = (given: Partial<Invitation> = {}): Invitation => ({
  ...{ id: 'i', workspaceId: HOME, partnerId: 'p', state: 'sent', stateAt: AT, channel: 'C1', newChannel: null },
  ...{ email: 'toby@tamarack.example', postOnly: false, inviteId: 'I1', triedAt: null, teamsBefore: [], acceptedBy: null },
  ...{ approvedBy: [], reason: '', by: 'U0MILO', createdAt: AT, rev: 1 },
  ...given,
});
function hear(invitation: Invitation, signals: readonly Signal[]): Invitation {
  let seen = invitation;
  for (const signal of signals) seen = { ...seen, ...changeBy(seen, signal, AT) };
  return seen;
}

const SENT: Signal = { kind: 'sent', inviteId: 'I1' };
const ACCEPTED: Signal = { kind: 'accepted', by: TOBY };
const ASKED: Signal = { kind: 'approval-needed', by: TOBY };
const OURS: Signal = { kind: 'approved', teamId: HOME };
const THEIRS: Signal = { kind: 'approved', teamId: TOBY.teamId };
const CONNECTED: Signal = { kind: 'connected' };
const DECLINED: Signal = { kind: 'declined' };
/** What Slack can tell of one invitation, each with what it ends in once all was heard. */
const STORIES: [name: string, signals: Signal[], end: Invitation['state']][] = [
  ['accepted at once', [SENT, ACCEPTED, CONNECTED], 'connected'],
  ['accepted, approved by both', [SENT, ASKED, OURS, THEIRS, CONNECTED], 'connected'],
  ['accepted, approved by us, and nobody else has said a word', [SENT, ASKED, OURS], 'awaiting-admin'],
  ['declined by them', [SENT, DECLINED], 'declined'],
  ['accepted, and denied by an admin', [SENT, ASKED, DECLINED], 'declined'],
];

describe('an invitation', () => {
  test.each(STORIES)('%s: in any order, each as often as Slack likes, it ends as Slack has it', (_name, signals, end) => {
    const drawn = fc
      .shuffledSubarray(signals, { minLength: signals.length })
      .chain((order) => fc.array(fc.constantFrom(...signals), { maxLength: 6 }).map((more) => [...order, ...more]));
    fc.assert(
      fc.property(drawn, (heard) => {
        const { state, acceptedBy, inviteId } = hear(anInvitation({ state: 'sending', inviteId: null }), heard);
        expect(state).toBe(end);
        expect(inviteId).toBe('I1');
        expect(acceptedBy).toEqual(signals.some((signal) => 'by' in signal) ? TOBY : null);
      }),
    );
  });

  test('whatever is heard, nothing leads back to an earlier state, and hearing it again changes nothing', () => {
    const any = fc.constantFrom<Signal>(
      ...[SENT, ACCEPTED, ASKED, OURS, THEIRS, CONNECTED, DECLINED],
      ...([{ kind: 'expired' }, { kind: 'failed', reason: 'not_paid' }, { kind: 'withdrawn', reason: '' }] as const),
    );
    const rank = (state: Invitation['state']) => ['sending', 'sent', 'accepted', 'connected'].indexOf(state);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), any, (heard, last) => {
        const before = hear(anInvitation({ state: 'sending', inviteId: null }), heard);
        const once = hear(before, [last]);
        expect(changeBy(once, last, AT)).toBeNull();
        if (rank(before.state) >= 0 && rank(once.state) >= 0) expect(rank(once.state)).toBeGreaterThanOrEqual(rank(before.state));
      }),
    );
  });

  test('what was withdrawn, declined or refused opens no more; what expired too early does', () => {
    for (const state of ['withdrawn', 'declined', 'failed'] as const) {
      expect(hear(anInvitation({ state }), [ACCEPTED, ASKED, OURS, CONNECTED]).state).toBe(state);
    }
    expect(hear(anInvitation({ state: 'expired' }), [ACCEPTED]).state).toBe('accepted');
    // Who accepted a withdrawn one is kept all the same, to be told.
    expect(hear(anInvitation({ state: 'withdrawn' }), [ACCEPTED]).acceptedBy).toEqual(TOBY);
  });

  test('what has not ended can be withdrawn, and only what has ended may be sent again', () => {
    expect(INVITATION_STATES.filter((state) => 'withdrawn' in MOVES[state])).toEqual(['sent', 'accepted', 'awaiting-admin', 'connected']);
    const again = INVITATION_STATES.filter((state) => maySendAgain({ state, email: 'a@b.example' }));
    expect(again).toEqual(['declined', 'expired', 'failed', 'disconnected']);
    expect(again.filter((state) => isOpenInvitation({ state }))).toEqual([]);
    expect(maySendAgain({ state: 'failed', email: '' })).toBe(false);
  });

  test('lives fourteen days, and so long again while an admin is asked', () => {
    const days = (n: number) => new Date(AT.getTime() + n * 86_400_000);
    expect([13.9, 14].map((n) => isPastDue(anInvitation(), days(n)))).toEqual([false, true]);
    expect(isPastDue(anInvitation({ state: 'awaiting-admin' }), days(14))).toBe(true);
    expect(isPastDue(anInvitation({ state: 'connected' }), days(30))).toBe(false);
  });

  test('says whose admin is asked only where that is known', () => {
    expect(waitsFor({ approvedBy: [] }, HOME)).toBe('unknown');
    expect(waitsFor({ approvedBy: [HOME] }, HOME)).toBe('theirs');
    expect(waitsFor({ approvedBy: [TOBY.teamId] }, HOME)).toBe('ours');
  });
});

describe('the facts of a channel', () => {
  const shared = (...teams: string[]) => ({ teams, isShared: true, isPending: false, isClosed: false });
  test.each([
    ['nobody has come', {}, [], []],
    ['whoever is new, though no event said who', {}, ['T0TAMARACK'], ['T0TAMARACK']],
    ['those who were there before', { teamsBefore: ['T0OLD'] }, ['T0OLD'], []],
    ['the new beside the old', { teamsBefore: ['T0OLD'] }, ['T0OLD', 'T0NEW'], ['T0NEW']],
    ['two new ones, and nobody knows which accepted', {}, ['T0A', 'T0B'], []],
    ['two new ones, and one of them accepted', { acceptedBy: TOBY }, ['T0A', 'T0TAMARACK'], ['T0TAMARACK']],
    ['an organisation, named by another id than its person', { acceptedBy: TOBY }, ['E0TAMARACK'], ['E0TAMARACK', 'T0TAMARACK']],
    ['a channel that was chosen as theirs', { email: '' }, ['T0QUILLMNT'], ['T0QUILLMNT']],
    ['a channel that was chosen as theirs, with others', { email: '' }, ['T0QUILLMNT', 'T0OTHER'], []],
  ])('bind %s', (_name, given, teams, bound) => {
    expect(broughtIn(anInvitation(given), shared(...teams))).toEqual(bound);
  });

  test('connect and disconnect', () => {
    const partner = { teamIds: ['T0TAMARACK'] };
    expect(signalOf(anInvitation(), { teamIds: [] }, shared('T0TAMARACK'))).toEqual(CONNECTED);
    const connected = anInvitation({ state: 'connected', acceptedBy: TOBY });
    expect(signalOf(connected, partner, shared('T0TAMARACK'))).toBeNull();
    for (const facts of [null, shared(), { ...shared('T0TAMARACK'), isClosed: true }]) {
      expect(signalOf(connected, partner, facts)).toEqual({ kind: 'disconnected' });
    }
  });

  test.each([
    ['closed', null],
    ['closed', { ...shared('T0TAMARACK'), isClosed: true }],
    ['internal', { ...shared(), isShared: false }],
    ['pending', { ...shared(), isShared: false, isPending: true }],
    ['shared', shared('T0TAMARACK')],
    ['pending', { ...shared('T0TAMARACK'), isPending: true }],
    ['mixed', shared('T0TAMARACK', 'T0OTHER')],
    ['mixed', shared('T0OTHER')],
  ] as const)('are %s', (state, facts) => {
    expect(channelStateOf(facts, ['T0TAMARACK'])).toBe(state);
  });
});

test.each([
  ['Tamarack', 'ext-tamarack'],
  ['Müller & Söhne GmbH.', 'ext-muller-sohne-gmbh'],
  ['株式会社', 'ext'],
  ['A'.repeat(200), `ext-${'a'.repeat(76)}`],
])('a channel for %s is called %s', (name, expected) => {
  expect(channelNameFor(name)).toBe(expected);
  expect(channelNameFor(name)).toMatch(/^[a-z0-9_-]{1,80}$/);
});
