import type { WebClient } from '@slack/web-api';
import { Refusal } from '../../errors.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Audience } from '../audience.ts';
import { type Message, showOnce } from '../post-once.ts';

/** Tells the colleague who looks after a partner, once for each `key`, in their direct messages; when they have left, whoever made the record, and
 *  then the team's channel. Throws the last refusal when nobody can be told. */
export async function tellOwner(
  client: WebClient,
  { workspaceId, owner, createdBy }: Pick<Partner, 'workspaceId' | 'owner' | 'createdBy'>,
  { key, title, message }: { key: string; title: string; message: Message | (() => Promise<Message>) },
): Promise<void> {
  const { digest } = await getProgramme(workspaceId);
  const people = [...new Set([owner, createdBy])].map((userId): Audience => ({ kind: 'person', userId }));
  const all: Audience[] = [...people, ...(digest ? [{ kind: 'internal-channel', channel: digest.channel } as const] : [])];
  let refused: Refusal | null = null;
  for (const to of all) {
    try {
      await showOnce(client, { workspaceId, key, to }, title, typeof message === 'function' ? message : async () => message);
      return;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused = error;
    }
  }
  if (refused) throw refused;
}
