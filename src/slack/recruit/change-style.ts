import type { AllMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { EXAMPLES_TITLE, examplesForm } from '../../../blocks/recruit/example-letters-form.ts';
import { foreignWords, LETTERS_TITLE, letterFactsForm, lettersSaved } from '../../../blocks/recruit/letter-facts-form.ts';
import { styleForm, stylePage } from '../../../blocks/recruit/style-form.ts';
import type { Deps } from '../../deps.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { suggestStyle } from '../../recruit/outreach/edit-draft.ts';
import {
  addReplacement,
  changeExamples,
  changeLetterFacts,
  dismissReplacement,
  removeReplacement,
  saveStyle,
} from '../../recruit/style/change-style.ts';
import { ExamplesGiven } from '../../recruit/style/example-letters.ts';
import { LetterFactsGiven } from '../../recruit/style/letter-facts.ts';
import { foreignFields } from '../../recruit/style/letter-language.ts';
import { sampleLetter } from '../../recruit/style/sample-letter.ts';
import { StyleChoice } from '../../recruit/style/style.ts';
import { getStyle } from '../../recruit/style/style-repository.ts';
import { Language, Replacement } from '../../recruit/writing/writing.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';

/** Does what the button says and shows the page as it is then, in the modal the button is in. */
const showAfter =
  (change: typeof addReplacement) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'House style');
    const actor = await resolveActor(args);
    await change(actor, carried(Replacement, args.action.value), now());
    await fillModal(args.client, opened, await styleView(actor));
  };

export const onAddReplacement = showAfter(addReplacement);
export const onDismissReplacement = showAfter(dismissReplacement);
export const onRemoveReplacement = showAfter(removeReplacement);

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** `/partners style`: how messages are written, what edits suggest. Everybody in the company looks; managers and admins change. */
export async function openStyle(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'House style');
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action: 'style.open', subject: 'style:house', at: now() });
  await fillModal(args.client, opened, await styleView(actor));
}

/** The page as this person may see it. */
export async function styleView(actor: Actor, saved = false) {
  const style = await getStyle(actor.workspaceId);
  const suggestions = await suggestStyle(style);
  return mayAct(actor, 'manager') ? styleForm(style, suggestions, saved) : stylePage(style);
}

const OfLanguage = z.object({ language: Language });

/** What letters of one language may say about us, in the modal the button is in. */
export const onOpenLetterFacts =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, LETTERS_TITLE);
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'style.open', subject: 'style:letters', at: now() });
    const { language } = carried(OfLanguage, args.action.value);
    const [{ letters }, { company }] = await Promise.all([getStyle(actor.workspaceId), getProgramme(actor.workspaceId)]);
    await fillModal(args.client, opened, letterFactsForm(language, letters[language] ?? null, company?.partnerTypes ?? []));
  };

async function savedView({ workspaceId }: Actor, language: Language) {
  const [style, { company: own, sender }] = await Promise.all([getStyle(workspaceId), getProgramme(workspaceId)]);
  const facts = style.letters[language];
  const of = own && sender && { own, sender, style };
  const samples = of && facts ? facts.values.map(({ type }) => ({ type, letter: sampleLetter(of, { language, facts, type }) })) : [];
  return lettersSaved(language, samples);
}

/** Faults are said beside their fields; then letters are shown as they read now. */
export const onSaveLetterFacts =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = LetterFactsGiven.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { language } = carried(OfLanguage, args.view.private_metadata);
    const foreign = foreignFields(form.data, language).map(({ field, reads }) => [field, foreignWords(reads, language)]);
    if (foreign.length > 0) return args.ack({ response_action: 'errors', errors: Object.fromEntries(foreign) });
    const actor = await resolveActor(args);
    await changeLetterFacts(actor, language, form.data, now());
    await args.ack({ response_action: 'update', view: await savedView(actor, language) });
  };

/** The team's example letters, in the modal the button is in. */
export const onOpenExamples =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, EXAMPLES_TITLE);
    const actor = await resolveActor(args);
    await authorise(actor, 'manager', { action: 'style.open', subject: 'style:examples', at: now() });
    await fillModal(args.client, opened, examplesForm((await getStyle(actor.workspaceId)).examples));
  };

/** Faults are said beside their fields; then the house style is shown as it is now. */
export const onSaveExamples =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = ExamplesGiven.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await changeExamples(actor, form.data, now());
    await args.ack({ response_action: 'update', view: await styleView(actor, true) });
  };

/** Saves the house style and shows the page as it is now. */
export const onSaveStyle =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = StyleChoice.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await saveStyle(actor, form.data, now());
    await args.ack({ response_action: 'update', view: await styleView(actor, true) });
  };
