import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import {
  liftedWords,
  SILENCE_TITLE,
  silencedWords,
  silenceForm,
  silencePage,
  TEAM_REASONS,
} from '../../../blocks/programme/silence-forms.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { unquoted } from '../../programme/companies/clean-text.ts';
import { findCompanyByDomain } from '../../programme/companies/company-repository.ts';
import { liftSuppression, suppress } from '../../programme/suppression/suppress.ts';
import { type SuppressionKey, SuppressionKind } from '../../programme/suppression/suppression.ts';
import { countSuppressions, findSilence } from '../../programme/suppression/suppression-repository.ts';
import { isOwnTarget, readTarget, type SuppressionTarget, targetOfKey } from '../../programme/suppression/suppression-target.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';

const Key = z.object({ kind: SuppressionKind, value: z.string() });
const Lifted = z.object({ asked: Key, lifted: Key });
const LookForm = z.object({
  target: z.string('Say what you mean').trim().min(2, 'Give an address, a web domain or a name').max(200).transform(unquoted),
});
const AddForm = z.object({ reason: z.enum(TEAM_REASONS, 'Say why') });
const LiftForm = z.object({
  proof: z.string('Give the proof').trim().min(15, 'Say who said so, when and where: this is the proof').max(1000),
});

/** Shows what was meant. What cannot be read is said beside the field. */
export const onLookSilence =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = LookForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'suppression.look', subject: 'suppression:list', at: now() });
    const target = await readTarget(actor.workspaceId, form.data.target).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'target-unclear') return error;
      throw error;
    });
    if (target instanceof Refusal)
      return ack({ response_action: 'errors', errors: { target: refusalSentence(target.code, target.details) } });
    await ack({ response_action: 'update', view: await silenceView(actor, target) });
  };

/** In force before it is said; what was under way is closed by a job. */
export const onAddSilence =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view, client } = args;
    const form = AddForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, SILENCE_TITLE);
    const actor = await resolveActor(args);
    const { workspaceId, userId } = actor;
    const key = carried(Key, view.private_metadata);
    await authorise(actor, 'manager', { action: 'suppression.add', subject: `suppression:${key.kind}`, at: now() });
    if (await isOwnTarget(workspaceId, key)) throw new Refusal('target-unclear', { why: 'own' });
    const target = await targetOfKey(workspaceId, key);
    const { changed } = await suppress(workspaceId, key, { reason: form.data.reason, via: 'command', by: userId, at: now() });
    const because = form.data.reason === 'decision' ? 'decision' : 'opt-out';
    for (const what of await toStop(workspaceId, target)) await enqueue(stopOutreach, { workspaceId, because, by: userId, what });
    await fillModal(client, opened, noticeModal(SILENCE_TITLE, silencedWords(target, changed)));
  };

export const onLiftSilence =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view, client } = args;
    const form = LiftForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, SILENCE_TITLE);
    const actor = await resolveActor(args);
    const { asked, lifted } = carried(Lifted, view.private_metadata);
    await liftSuppression(actor, lifted, form.data.proof, now());
    const target = await targetOfKey(actor.workspaceId, asked);
    await fillModal(client, opened, noticeModal(SILENCE_TITLE, liftedWords(target, lifted)));
  };

type ToStop = SuppressionKey | { kind: 'decided'; companyId: string };

/** A company's thread may run with a person at another domain: it stops by the company too. */
async function toStop(workspaceId: string, { key }: SuppressionTarget): Promise<ToStop[]> {
  const onFile = key.kind === 'address' ? null : await findCompanyByDomain(workspaceId, key.value);
  return [key, ...(onFile ? [{ kind: 'decided' as const, companyId: onFile.id }] : [])];
}

/** `/partners optout [what]`: whether something is silent, for anybody of the team; managers silence it, admins take it back. */
export async function openSilence(args: Caller, triggerId: string, typed: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, SILENCE_TITLE);
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action: 'suppression.look', subject: 'suppression:list', at: now() });
  const { workspaceId } = actor;
  const view = typed ? await silenceView(actor, await readTarget(workspaceId, typed)) : silenceForm(await countSuppressions(workspaceId));
  await fillModal(args.client, opened, view);
}

/** One target as this person may see it. */
export async function silenceView(actor: Actor, target: SuppressionTarget) {
  const silence = await findSilence(actor.workspaceId, target);
  const isOwn = !silence && (await isOwnTarget(actor.workspaceId, target.key));
  return silencePage(target, silence, { add: mayAct(actor, 'manager'), lift: mayAct(actor, 'admin'), isOwn });
}
