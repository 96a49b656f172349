import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { alsoMatching, unknownCompany, WHY_TITLE, whyForm, whyNotBlocks } from '../../../blocks/discover/why-not.ts';
import { modal } from '../../../blocks/elements.ts';
import { escaped } from '../../../blocks/mrkdwn.ts';
import type { Deps } from '../../deps.ts';
import { whyNot } from '../../discover/digest/why-not.ts';
import { getFitProfile } from '../../discover/fit/fit-profile.ts';
import { gateKeeper } from '../../discover/fit/gates.ts';
import { Refusal } from '../../errors.ts';
import { unquoted } from '../../programme/companies/clean-text.ts';
import { findCompaniesByName, findNearNames } from '../../programme/companies/company-names.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';

const MOST_NAMES = 5;

/** Why the company a person means is not in a digest, by default the latest; one that is not on file is answered with the nearest
 *  names. Gated companies are named only to who asks for them by name. Refuses `setup-incomplete`. */
export async function whyPage(
  workspaceId: string,
  words: string,
  { digestId, at }: { digestId: string | null; at: Date },
): Promise<{ text: string; blocks: KnownBlock[] }> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const gate = gateKeeper(profile);
  const [company, ...others] = await findCompaniesByName(workspaceId, words, MOST_NAMES + 1);
  const text = `Why not ${escaped(company?.name ?? words)}?`;
  if (!company) {
    const near = await findNearNames(workspaceId, words, MOST_NAMES, (named) => gate(named) === null);
    return { text, blocks: unknownCompany(words, near) };
  }
  const blocks = whyNotBlocks(await whyNot(company, digestId, at));
  return { text, blocks: [...blocks, ...alsoMatching(others.filter((other) => gate(other) === null))] };
}

/** *Why Not …?* under a digest asks which company. */
export const onOpenWhy =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, WHY_TITLE);
    const actor = await resolveActor(args);
    const digestId = args.action.value ?? '';
    await authorise(actor, 'member', { action: 'digest.why', subject: `digest:${digestId}`, at: now() });
    await fillModal(args.client, opened, whyForm(digestId));
  };

const WhyForm = z.object({
  company: z.string('Name the company').trim().min(2, 'Give its name or its web domain').max(200).transform(unquoted),
});
const Metadata = z.object({ digestId: z.string() });

/** Answers in the modal that asked; ranking may take longer than Slack waits. */
export const onAskWhy =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { view, client } = args;
    const form = WhyForm.safeParse(formValues(view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, WHY_TITLE);
    const { digestId } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'digest.why', subject: `digest:${digestId}`, at: now() });
    const { blocks } = await whyPage(actor.workspaceId, form.data.company, { digestId, at: now() });
    await fillModal(client, opened, modal(WHY_TITLE, blocks));
  };
