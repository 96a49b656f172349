import { z } from 'zod';
import { postDigest } from '../../../jobs/discover/post-digest.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { localDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { demandInternalChannel } from '../audience.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';

const Round = z.object({ day: z.iso.date(), round: z.number().int().min(1).max(100) });

/** Posts the next best companies on top of today's digest. The button names the round, so two clicks post one. */
export const onPostMore =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'digest.post', subject: 'digest:more', at: now() });
    const { day, round } = carried(Round, args.action.value);
    const { digest } = await getProgramme(actor.workspaceId);
    if (!digest || localDay(now(), digest.timeZone) !== day) throw new Refusal('digest-of-another-day');
    // Promised only where it can be kept; what the job is refused later, it tells whoever asked.
    await demandInternalChannel(args.client, actor.workspaceId, digest.channel);
    await enqueue(postDigest, { workspaceId: actor.workspaceId, day, round, by: actor.userId });
    await args.respond({
      response_type: 'ephemeral',
      replace_original: args.body.container.is_ephemeral === true,
      text: 'The next ones appear in the team channel in a moment.',
    });
  };
