import type { SandboxChannel, SandboxMessage, SandboxState } from './contract.ts';
import { invitationsFor } from './invitations-for.ts';
import { type Channel, getPerson, isExternal, personaOf, type World } from './world.ts';

/** Messages a person may read: of channels they are in, without what others alone were shown. Oldest first. */
export function visibleMessages(world: World, personId: string, channel?: string): SandboxMessage[] {
  return world.messages
    .filter((message) => !channel || message.channel === channel)
    .filter((message) => world.channels.get(message.channel)?.members.includes(personId))
    .filter((message) => message.onlyFor === null || message.onlyFor === personId)
    .sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function shown(world: World, channel: Channel): SandboxChannel {
  const { id, kind, shared, archived } = channel;
  return { id, kind, shared, archived, name: kind === 'dm' ? world.cast.app.name : channel.name };
}

function everybody(world: World): SandboxState['users'] {
  const { app, people, team } = world.cast;
  return Object.fromEntries([
    [app.botUserId, { name: app.name, teamId: team.id, external: false, bot: true }],
    ...people.map((person) => [person.id, { name: person.name, teamId: person.teamId, external: isExternal(world, person), bot: false }]),
  ]);
}

/** Everything one person can see. Mail is shown to the home workspace only: to a partner it would be somebody else's inbox. */
export function stateFor(world: World, personId: string): SandboxState {
  const me = getPerson(world, personId);
  const channels = [...world.channels.values()].filter((channel) => channel.members.includes(personId));
  return {
    version: world.version,
    me: personaOf(world, me),
    personas: world.cast.people.map((person) => personaOf(world, person)),
    users: everybody(world),
    channels: channels.map((channel) => shown(world, channel)),
    messages: visibleMessages(world, personId),
    modals: world.modals.get(personId) ?? [],
    home: world.homes.get(personId) ?? null,
    invitations: invitationsFor(world, me),
    mail: isExternal(world, me) ? [] : world.mail,
    mailboxes: world.cast.mailboxes,
  };
}
