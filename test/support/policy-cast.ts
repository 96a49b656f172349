import type { Place } from '../../src/onboard/partners/may-show.ts';
import { ANA, defaultCast, EXT_QUILLMONT, MIA, MILO, type Person, PIA, TOBY } from '../sandbox/cast.ts';
import type { Json } from '../sandbox/json.ts';
import { HOME } from './builders.ts';

export const [QUILLMONT, TAMARACK, NETTLE] = ['T0QUILLMNT', 'T0TAMARACK', 'T0NETTLE01'];
const like = (id: string, from: string, more: Partial<Person>): Person => {
  const person = defaultCast.people.find((one) => one.id === from);
  if (!person) throw new Error('nobody is like that');
  return { ...person, id, handle: id.toLowerCase(), email: `${id.toLowerCase()}@nobody.example`, ...more };
};
export const [GUEST, BOT, NELL] = ['U0GUEST001', 'U0ROBOT001', 'U0NELLNTTL'];
export const READERS = {
  admin: { id: ANA, kind: 'member' },
  manager: { id: MILO, kind: 'member' },
  member: { id: MIA, kind: 'member' },
  guest: { id: GUEST, kind: 'stranger' },
  'this partner': { id: PIA, kind: 'partner' },
  'another partner': { id: TOBY, kind: 'partner' },
  stranger: { id: NELL, kind: 'stranger' },
  bot: { id: BOT, kind: 'stranger' },
} as const;
export type Reader = keyof typeof READERS;

/** What `conversations.info` says of the channel, and what that makes of it. */
const shared = (...teams: string[]): Json => ({
  is_ext_shared: true,
  is_shared: true,
  shared_team_ids: [HOME, ...teams],
  connected_team_ids: teams,
});
type ByPartner = { ours: string; theirs: string };
type Told = { said: Json | null; place: (ids: ByPartner) => Place };
const internal = (said: Json): Told => ({
  said: { is_ext_shared: false, shared_team_ids: [HOME], ...said },
  place: () => ({ kind: 'internal' }),
});
const unclear = (said: Json | null): Told => ({ said, place: () => ({ kind: 'unclear' }) });
export const PLACES = {
  'internal public': internal({ is_private: false }),
  'internal private': internal({ is_private: true }),
  'with this partner': { said: shared(QUILLMONT), place: ({ ours }) => ({ kind: 'shared', partnerIds: [ours], others: false }) },
  'with another': { said: shared(TAMARACK), place: ({ theirs }) => ({ kind: 'shared', partnerIds: [theirs], others: false }) },
  'with two': {
    said: shared(QUILLMONT, TAMARACK),
    place: ({ ours, theirs }) => ({ kind: 'shared', partnerIds: [ours, theirs], others: false }),
  },
  'with a company that is none': {
    said: shared(QUILLMONT, NETTLE),
    place: ({ ours }) => ({ kind: 'shared', partnerIds: [ours], others: true }),
  },
  archived: unclear({ is_archived: true }),
  unknown: unclear(null),
} as const satisfies Record<string, Told>;
export type In = keyof typeof PLACES;

/** Everybody who is asked about, and one channel in which they all read. */
const people = [
  ...defaultCast.people,
  ...[like(GUEST, MIA, { name: 'Gus Gale' }), like(BOT, MIA, { name: 'Robot' }), like(NELL, PIA, { name: 'Nell Nettle', teamId: NETTLE })],
];
const channels = defaultCast.channels.map((one) =>
  one.id === EXT_QUILLMONT ? { ...one, members: [...one.members, TOBY, NELL, MIA] } : one,
);
const partnerTeams = [...defaultCast.partnerTeams, { id: NETTLE, name: 'Nettle', domain: 'nettle' }];
export const POLICY_CAST = { people, channels, partnerTeams };
