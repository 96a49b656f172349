import { changeChannel, changeChannelId } from './changing-channels.ts';
import { acceptInvite, approveInvite, declineInvite, denyInvite, unshare } from './connect.ts';
import type { Invitation, Side } from './invitation.ts';
import { type Json, textOf } from './json.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { deleteAs, removePin } from './pins.ts';
import { type Channel, changed, getPerson, guestTeamsOf, type World } from './world.ts';

type In = { channel: string };
type By = In & { as: string };

/** What people do with shared channels. Everything waits until the app has acknowledged what it was told of it; `invitations` are live. */
export type ConnectDriver = {
  invitations: Invitation[];
  /** Accepts the newest invitation to the channel. With `approval` an admin of that side has to approve it first. */
  acceptInvite(given: By & { approval?: Side }): Promise<Outcome>;
  declineInvite(given: By): Promise<Outcome>;
  /** The admin says yes, or no, of the side that `acceptInvite` named. */
  approveInvite(given: In): Promise<Outcome>;
  denyInvite(given: In): Promise<Outcome>;
  /** Makes the newest invitation to the channel so many days older. */
  ageInvite(given: In & { days: number }): void;
  /** Ends the sharing with a company; with the only one when none is named. */
  unshare(given: In & { team?: string }): Promise<void>;
  unpin(given: By & { ts: string }): Promise<Outcome>;
  deleteMessage(given: By & { ts: string }): Promise<Outcome>;
  changeChannelId(given: { from: string; to: string }): Promise<void>;
  archive(given: By): Promise<Outcome>;
  rename(given: In & { name: string }): Promise<Outcome>;
};

export function connectDriverOf(world: World): ConnectDriver {
  const newest = (channel: string): Invitation => {
    const found = world.invitations.findLast((one) => one.channel === channel);
    if (!found) throw new Error(`Nobody was invited to ${channel}.`);
    return found;
  };
  return {
    invitations: world.invitations,
    acceptInvite: ({ as, channel, approval }) => acceptInvite(world, getPerson(world, as), newest(channel), approval),
    declineInvite: ({ as, channel }) => declineInvite(world, getPerson(world, as), newest(channel)),
    approveInvite: ({ channel }) => approveInvite(world, newest(channel)),
    denyInvite: ({ channel }) => denyInvite(world, newest(channel)),
    ageInvite: ({ channel, days }) => {
      const invitation = newest(channel);
      invitation.createdAt -= days * 86_400_000;
      invitation.expiresAt -= days * 86_400_000;
      changed(world);
    },
    unshare: ({ channel, team }) => unshare(world, get(world, channel), team ?? guestTeamsOf(world, get(world, channel))[0] ?? ''),
    unpin: async ({ as, channel, ts }) => outcomeOf(await removePin(world, { channel, timestamp: ts }, as)),
    deleteMessage: ({ as, channel, ts }) => deleteAs(world, as, channel, ts),
    changeChannelId: ({ from, to }) => changeChannelId(world, from, to),
    archive: async ({ as, channel }) => outcomeOf(await changeChannel(world, 'conversations.archive', { channel }, as)),
    // The emulator lets only a channel's creator rename it, which is the bot; the event names nobody.
    rename: async ({ channel, name }) => outcomeOf(await changeChannel(world, 'conversations.rename', { channel, name })),
  };
}

function get(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`There is no channel ${id}.`);
  return channel;
}

const outcomeOf = (answer: Json): Outcome => (answer.ok ? fine : refused(`Slack refused it: ${textOf(answer.error)}.`));
