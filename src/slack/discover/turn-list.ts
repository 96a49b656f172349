import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { listPage } from './company-pages.ts';
import { findPage } from './find-page.ts';

const Turn = z.object({ from: z.number().int().min(0).max(100_000), words: z.string().max(500) });

/** The next or the previous page of all candidates, or of those found for `words`, in place of the one that is shown. */
export const onTurnList =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'internal', { action: 'list.turn', subject: 'list:candidates', at: now() });
    const turn = Turn.parse(JSON.parse(args.action.value ?? ''));
    const page = turn.words ? await findPage(actor.workspaceId, turn, now()) : await listPage(actor.workspaceId, turn.from, now());
    await args.respond({ response_type: 'ephemeral', replace_original: true, ...page });
  };
