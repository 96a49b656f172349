import type { Cast, Person } from './cast.ts';
import type { Persona, SandboxMail, SandboxMessage, SandboxView } from './contract.ts';
import type { Emulator } from './emulator.ts';
import type { Invitation } from './invitation.ts';
import { type Json, jsonOf, textOf } from './json.ts';
import type { Source } from './payloads.ts';

export type Channel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'dm';
  shared: boolean;
  archived: boolean;
  members: string[];
};

/** One Web API call of the app: what it asked, what it got, when (milliseconds). */
export type Call = { method: string; args: Json; response: Json; at: number };

/** `real` carries the call out; not calling it leaves the workspace as it is. */
export type Stub = (args: Json, real: () => Promise<Json>) => Json | Promise<Json>;

export type Trigger = { personId: string; viewId: string | null; expiresAt: number; used: boolean };

export type ResponseUrl = {
  channel: string;
  personId: string;
  /** The message the click came from; null after a command. */
  source: { ts: string; ephemeral: boolean } | null;
  uses: number;
  expiresAt: number;
};

/** Everything the local workspace knows beyond what the emulator keeps: who sees what, open modals, mail, what went over the wire. */
export type World = {
  cast: Cast;
  url: string;
  appUrl: string | null;
  /** The time the app believes it is, in milliseconds; what is signed for it bears this time. */
  appClock: () => number;
  emulator: Emulator;
  channels: Map<string, Channel>;
  messages: SandboxMessage[];
  /** Invitations to share a channel, oldest first. */
  invitations: Invitation[];
  /** Open modals by person, the topmost last. */
  modals: Map<string, SandboxView[]>;
  homes: Map<string, SandboxView>;
  mail: SandboxMail[];
  calls: Call[];
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** Web API method → until when (milliseconds) it answers 429. */
  rateLimits: Map<string, number>;
  /** Web API method → what a test lets it answer instead. */
  stubs: Map<string, Stub>;
  /** File id → the person who uploaded it. */
  files: Map<string, string>;
  version: number;
  watchers: Set<(version: number) => void>;
  timers: Set<NodeJS.Timeout>;
  retryDelaysMs: number[];
};

export function changed(world: World): void {
  world.version += 1;
  for (const watch of world.watchers) watch(world.version);
}

export function findPerson(world: World, id: string): Person | undefined {
  return world.cast.people.find((person) => person.id === id);
}

/** Throws for an id that is nobody's: that is a mistake in the test or the page, not something Slack would answer. */
export function getPerson(world: World, id: string): Person {
  const person = findPerson(world, id);
  if (!person) throw new Error(`Nobody here has the id ${id}.`);
  return person;
}

export function isExternal(world: World, person: Person): boolean {
  return person.teamId !== world.cast.team.id;
}

/** Whether the person and the bot are in some channel together; direct messages alone do not make people known to each other. */
export function meetsBot(world: World, { id }: Person): boolean {
  const bot = world.cast.app.botUserId;
  return [...world.channels.values()].some(({ kind, members }) => kind !== 'dm' && members.includes(id) && members.includes(bot));
}

export function personaOf(world: World, person: Person): Persona {
  const { id, name, title, teamId } = person;
  return { id, name, title, teamId, teamName: sourceOf(world, person).actorTeam.name, external: isExternal(world, person) };
}

/** What a payload says about who acts. */
export function sourceOf(world: World, actor: Person): Source {
  const { team, partnerTeams, app } = world.cast;
  return { actor, actorTeam: partnerTeams.find(({ id }) => id === actor.teamId) ?? team, home: team, app };
}

export function channelFor(world: World, id: string, personId: string): Channel | undefined {
  const channel = world.channels.get(id);
  return channel?.members.includes(personId) ? channel : undefined;
}

export function dmOf(world: World, personId: string): Channel | undefined {
  return [...world.channels.values()].find((channel) => channel.kind === 'dm' && channel.members.includes(personId));
}

/** Reads a channel back from the emulator after something may have changed it, or when the app has opened it. */
export async function refreshChannel(world: World, id: string): Promise<void> {
  const { emulator, cast, channels } = world;
  const info = jsonOf((await emulator.call('conversations.info', { channel: id })).channel);
  const members = (await emulator.call('conversations.members', { channel: id })).members;
  if (!Array.isArray(members)) return;
  const people = new Set([...cast.people.map((person) => person.id), cast.app.botUserId]);
  channels.set(id, {
    id,
    name: textOf(info.name),
    kind: info.is_im ? 'dm' : info.is_private ? 'private' : 'public',
    shared: channels.get(id)?.shared ?? false,
    archived: info.is_archived === true,
    members: members.filter((member): member is string => people.has(member)),
  });
}

/** Lets a person write to the bot and the bot to them. */
export async function openDirect(world: World, personId: string): Promise<void> {
  const opened = await world.emulator.call('conversations.open', { users: personId, return_im: true });
  const id = textOf(jsonOf(opened.channel).id);
  if (id) await refreshChannel(world, id);
}

/** The companies beside the home one that are in a channel, by their people there. */
export function guestTeamsOf(world: World, { members }: Channel): string[] {
  const teams = members.flatMap((id) => findPerson(world, id)?.teamId ?? []);
  return [...new Set(teams)].filter((id) => id !== world.cast.team.id);
}
