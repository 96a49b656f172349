import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { pressable } from '../../../blocks/pressable.ts';
import { PIPELINE_PAGE, type PipelineAsk, pipelineOverview, pipelinePage, SELECTS_ROW } from '../../../blocks/recruit/pipeline.ts';
import type { Deps } from '../../deps.ts';
import { StageState } from '../../programme/companies/company.ts';
import { countCompanies } from '../../programme/companies/company-names.ts';
import { countStages, listByStage, listDecidedTypes } from '../../programme/companies/company-stage-repository.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { findPosts } from '../post-repository.ts';
import { answerAsker } from '../with-fallback.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** `/partners pipeline`: how many companies stand where, or those of one stage. */
export async function pipelineAnswer(workspaceId: string, ask: PipelineAsk): Promise<Page> {
  const narrowed = { ...(ask.type ? { type: ask.type } : {}), ...(ask.by ? { by: ask.by } : {}) };
  const [types, { state }] = [await listDecidedTypes(workspaceId), ask];
  if (!state) {
    const [counts, all] = await Promise.all([countStages(workspaceId, narrowed), countCompanies(workspaceId)]);
    const staged = [...counts].reduce((sum, [one, n]) => (one === 'new' ? sum : sum + n), 0);
    if (ask.type || ask.by) counts.delete('new');
    else counts.set('new', Math.max(0, all - staged));
    return { text: 'Pipeline', blocks: pipelineOverview(counts, ask, types) };
  }
  const { companies, total } = await listByStage(workspaceId, { ...narrowed, state }, { from: ask.from, count: PIPELINE_PAGE });
  const keys = companies.flatMap(({ id, stage }) => [...(stage.post ? [stage.post] : []), `company:${id}`]);
  const posts = await findPosts(workspaceId, keys);
  const rows = companies.map(({ id, name, domain, stage }) => {
    const post = posts.get(stage.post) ?? posts.get(`company:${id}`);
    return { id, name, domain, stage, link: post?.link ?? null };
  });
  return { text: 'Pipeline', blocks: pipelinePage(rows, total, { ...ask, state }, types) };
}

const Asked = z
  .object({
    s: StageState.nullable(),
    t: PartnerType.nullable(),
    b: z
      .string()
      .regex(/^[UW][A-Z0-9]{1,20}$/)
      .nullable(),
    f: z.number().int().min(0).max(1_000_000),
  })
  .transform(({ s, t, b, f }): PipelineAsk => ({ state: s, type: t, by: b, from: f }));

/** A button's value, or that of the chosen option; a choice of a person goes with what the row of selects asked for before. */
const Chosen = z.union([
  z.object({ selected_user: z.string(), block_id: z.string().startsWith(SELECTS_ROW) }),
  z.object({ selected_option: z.object({ value: z.string() }) }),
  z.object({ value: z.string() }),
]);

function readAsk(action: unknown): PipelineAsk {
  const chosen = Chosen.parse(action);
  if ('value' in chosen) return carried(Asked, chosen.value);
  if ('selected_option' in chosen) return carried(Asked, chosen.selected_option.value);
  const before = carried(z.looseObject({}), chosen.block_id.slice(SELECTS_ROW.length));
  return Asked.parse({ ...before, b: chosen.selected_user });
}

/** Another stage, type, owner or page in place of what is shown. */
export const onTurnPipeline =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'pipeline.look', subject: 'pipeline:list', at: now() });
    const page = await pipelineAnswer(actor.workspaceId, readAsk(args.action));
    await answerAsker(args, { ...page, blocks: pressable(page.blocks, actor) }, args.body.container.is_ephemeral === true);
  };
