import { rewriteDraftJob } from '../../../jobs/recruit/rewrite-draft.ts';
import type { Deps } from '../../deps.ts';
import type { Rewrite } from '../../recruit/outreach/draft.ts';
import { demandRewritable } from '../../recruit/outreach/rewrite-draft.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { seenIn } from './draft-place.ts';

/** Asks for the text to be written otherwise. The job does it, because a model takes its time. */
const rewriteAs =
  (how: Rewrite) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const seen = seenIn(args.action.value);
    await demandRewritable(actor, { ...seen, how }, deps);
    await deps.enqueue(rewriteDraftJob, { workspaceId: actor.workspaceId, ...seen, how, by: actor.userId });
    const text = 'Rewriting… The card shows the next version in a moment.';
    await args.respond({ response_type: 'ephemeral', replace_original: false, text });
  };

export const onShorter = rewriteAs('shorter');
export const onWarmer = rewriteAs('warmer');
export const onOtherAngle = rewriteAs('angle');
export const onWriteAgain = rewriteAs('again');
