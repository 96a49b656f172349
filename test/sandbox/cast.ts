/** A workspace with its people, channels and app, and the cast used when a test does not bring its own. */

export type Team = { id: string; name: string; domain: string };

export type Person = {
  id: string;
  name: string;
  /** What is typed after `@`. */
  handle: string;
  email: string;
  title: string;
  teamId: string;
  /** Owner and administrator of the home workspace. */
  owner: boolean;
  timeZone: string;
};

/** Somebody without Slack, who is reached by mail alone. */
export type Mailbox = { name: string; address: string; company: string };

export type ChannelSeed = {
  id: string;
  name: string;
  kind: 'public' | 'private';
  /** Shared with another company through Slack Connect. */
  shared: boolean;
  members: string[];
  /** False for a channel nobody has invited the bot to. */
  bot: boolean;
};

export type AppSeed = {
  id: string;
  botId: string;
  botUserId: string;
  name: string;
  signingSecret: string;
  botToken: string;
  /** Slash commands, each with its `/`. */
  commands: string[];
};

export type Cast = {
  team: Team;
  partnerTeams: Team[];
  people: Person[];
  mailboxes: Mailbox[];
  channels: ChannelSeed[];
  app: AppSeed;
};

const HOME = 'T0LARKSPUR';
const PARTNER = 'T0QUILLMNT';
const NEWCOMER = 'T0TAMARACK';

/** Ids of the default cast, so that tests need not repeat them. */
export const ANA = 'U0ANAALDER';
export const MILO = 'U0MILOMRSH';
export const MIA = 'U0MIAMOSS1';
export const PIA = 'U0PIAPINE1';
export const PETE = 'U0PETEPRCH';
/** Of a company that shares no channel until it accepts an invitation. */
export const TOBY = 'U0TOBYTHRN';
/** Of a partner without Slack. */
export const WANDA: Mailbox = { name: 'Wanda Wold', address: 'wanda@woldwright.example', company: 'Woldwright' };
export const PARTNERSHIPS = 'C0PARTNERS';
export const GENERAL = 'C0GENERAL1';
export const EXT_QUILLMONT = 'C0QUILLMNT';

function person(id: string, name: string, title: string, teamId: string, emailDomain: string, owner = false): Person {
  const handle = name.toLowerCase().replace(' ', '.');
  return { id, name, handle, email: `${handle}@${emailDomain}`, title, teamId, owner, timeZone: 'Europe/London' };
}

export const defaultCast: Cast = {
  team: { id: HOME, name: 'Larkspur', domain: 'larkspur' },
  partnerTeams: [
    { id: PARTNER, name: 'Quillmont', domain: 'quillmont' },
    { id: NEWCOMER, name: 'Tamarack', domain: 'tamarack' },
  ],
  people: [
    person(ANA, 'Ana Alder', 'admin', HOME, 'larkspur.example', true),
    person(MILO, 'Milo Marsh', 'manager', HOME, 'larkspur.example'),
    person(MIA, 'Mia Moss', 'member', HOME, 'larkspur.example'),
    person(PIA, 'Pia Pine', 'partner company', PARTNER, 'quillmont.example'),
    person(PETE, 'Pete Perch', 'partner company', PARTNER, 'quillmont.example'),
    person(TOBY, 'Toby Thorn', 'invited company', NEWCOMER, 'tamarack.example'),
  ],
  mailboxes: [WANDA],
  channels: [
    { id: PARTNERSHIPS, name: 'partnerships', kind: 'public', shared: false, members: [ANA, MILO, MIA], bot: true },
    { id: GENERAL, name: 'general', kind: 'public', shared: false, members: [ANA, MILO, MIA], bot: true },
    { id: EXT_QUILLMONT, name: 'ext-quillmont', kind: 'public', shared: true, members: [ANA, MILO, PIA, PETE], bot: true },
  ],
  app: {
    id: 'A0PARTNERS',
    botId: 'B0PARTNERS',
    botUserId: 'U0PRTNRBOT',
    name: 'partnerships',
    signingSecret: 'sandbox-signing-secret',
    botToken: 'xoxb-sandbox',
    commands: ['/partners'],
  },
};
