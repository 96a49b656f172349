import { z } from 'zod';
import { AGREEMENTS_TITLE, agreementForm, agreementsPage, overviewPage } from '../../../blocks/onboard/agreement.ts';
import { FILE_TITLE } from '../../../blocks/onboard/library.ts';
import { acceptedWords, MAY_ACCEPT, termsPage } from '../../../blocks/onboard/terms.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { askAgreement } from '../../../jobs/onboard/ask-agreement.ts';
import { fileAcceptance } from '../../../jobs/onboard/file-acceptance.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { Accepter, acceptAgreement } from '../../onboard/agreements/accept-agreement.ts';
import { getTerms, getVersion, listVersions } from '../../onboard/agreements/agreement-repository.ts';
import { agreementOverview, countAcceptances } from '../../onboard/agreements/open-agreements.ts';
import { publishAgreement, textOfTerms } from '../../onboard/agreements/publish-agreement.ts';
import { myAgreements, readableVersion } from '../../onboard/agreements/read-agreements.ts';
import { demandPartner } from '../../onboard/partners/demand-partner.ts';
import { personOf } from '../../onboard/partners/person-of.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, ownModal, pushModal } from '../modal.ts';
import { handOver, libraryView, partnerPerson } from './library.ts';

/** `/partners agreement`: every version, for admins. */
export async function openAgreements(args: Caller, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, AGREEMENTS_TITLE);
  await fillModal(args.client, opened, await agreementsView(await resolveActor(args), now()));
}

async function agreementsView(actor: Actor, at: Date) {
  await authorise(actor, 'admin', { action: 'agreement.list', subject: 'agreement:all', at });
  return agreementsPage(await listVersions(actor.workspaceId), await countAcceptances(actor.workspaceId));
}

export const onListAgreements =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, AGREEMENTS_TITLE);
    await fillModal(args.client, opened, await agreementsView(await resolveActor(args), now()));
  };

export const onNewAgreement =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, AGREEMENTS_TITLE);
    await authorise(await resolveActor(args), 'admin', { action: 'agreement.publish', subject: 'agreement:new', at: now() });
    await fillModal(args.client, opened, agreementForm());
  };

export const onWhoAccepted =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, AGREEMENTS_TITLE);
    const actor = await resolveActor(args);
    const versionId = args.action.value ?? '';
    await authorise(actor, 'admin', { action: 'agreement.who', subject: `agreement:${versionId}`, at: now() });
    await fillModal(args.client, opened, overviewPage(await agreementOverview(actor.workspaceId, versionId)));
  };

const AgreementForm = z
  .object({
    title: z.string('Give it a title').trim().min(2, 'Give it a title').max(150),
    text: z.string().default(''),
    file: z.array(z.object({ id: z.string(), name: z.string().default('file') })).default([]),
    types: z.array(PartnerType).default([]),
    askBy: z.iso.date('Choose a day').optional(),
  })
  .refine(({ text, file }) => file.length > 0 || text.trim() !== '', { path: ['text'], message: 'Type the text, or choose a file' })
  .refine(({ text, file }) => file.length === 0 || text.trim() === '', { path: ['text'], message: 'One of the two: text, or a file' });

/** Publishes a version and shows the list with it; who is to be asked is asked in the background. */
export const onPublishAgreement =
  ({ now, enqueue, log }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = AgreementForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { title, text, file, types, askBy } = form.data;
    // Noon by UTC is the same day for nearly every reader.
    const until = askBy === undefined ? null : new Date(`${askBy}T12:00:00Z`);
    const at = now();
    if (until && until <= at) return args.ack({ response_action: 'errors', errors: { askBy: 'Choose a day that is still to come' } });
    const opened = await keepOpen(args, AGREEMENTS_TITLE);
    const actor = await resolveActor(args);
    await authorise(actor, 'admin', { action: 'agreement.publish', subject: 'agreement:new', at });
    const [chosen] = file;
    const bytes = chosen ? Buffer.from(await downloadFile(args.client, chosen.id)) : Buffer.from(text);
    const { version } = await publishAgreement(actor, { title, types, fileName: chosen?.name ?? null, bytes, askBy: until }, at);
    log.info({ workspace: actor.workspaceId, user: actor.userId, agreement: version.id }, 'agreement published');
    await enqueue(askAgreement, { workspaceId: actor.workspaceId, versionId: version.id });
    await fillModal(args.client, opened, await agreementsView(actor, at));
  };

const TermsPlace = z.object({ versionId: z.string(), page: z.number().int().min(0) });

/** *Read*, *Read and Accept* and the turning of pages: for an admin any version, for a partner's person their own. */
export const onReadAgreement =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'Agreement');
    const actor = await resolveActor(args);
    const { versionId, page } = carried(TermsPlace, args.action.value);
    await fillModal(args.client, opened, await termsView(actor, versionId, page, now()));
  };

async function termsView(actor: Actor, versionId: string, page: number, at: Date, notice = '') {
  const { workspaceId } = actor;
  if (actor.kind !== 'partner') {
    await authorise(actor, 'admin', { action: 'agreement.read', subject: `agreement:${versionId}`, at });
    const version = await getVersion(workspaceId, versionId);
    const text = version.kind === 'text' ? textOfTerms(await getTerms(workspaceId, versionId)) : null;
    return termsPage(version, text, page, { back: { action: 'agreements', value: 'list' }, accepts: null });
  }
  const partner = await demandPartner(actor);
  const version = await readableVersion(actor, versionId);
  const state = (await myAgreements(actor)).find((one) => one.version.id === versionId);
  const text = version.kind === 'text' ? textOfTerms(await getTerms(workspaceId, versionId)) : null;
  const accepts = state && !state.acceptance ? { company: partner.name, name: personOf(partner, actor).name } : null;
  return termsPage(version, text, page, { back: { action: 'library', value: partner.id }, accepts }, notice);
}

const Accepting = z.object({ versionId: z.string() });
const AcceptForm = Accepter.extend({
  may: z
    .array(z.string())
    .default([])
    .refine((ticks) => ticks.includes(MAY_ACCEPT), 'Tick this if you may accept it'),
});

/** Accepts for the actor's company. When a newer version came meanwhile, that one is shown with the reason. */
export const onAcceptAgreement =
  ({ now, enqueue, log }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const form = AcceptForm.safeParse(formValues(submission.view));
    if (!form.success) return submission.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { versionId } = carried(Accepting, submission.view.private_metadata);
    const args = beforeAck(submission);
    const at = now();
    const { actor } = await partnerPerson(args, 'agreement.accept', at);
    try {
      const { acceptance, isNew } = await acceptAgreement(actor, { versionId, ...form.data }, at);
      await args.ack({ response_action: 'update', view: await libraryView(actor, at, acceptedWords(isNew)) });
      log.info({ workspace: actor.workspaceId, user: actor.userId, acceptance: acceptance.id, isNew }, 'agreement accepted');
      await enqueue(fileAcceptance, { workspaceId: actor.workspaceId, acceptanceId: acceptance.id });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'agreement-replaced') throw error;
      const newer = String(error.details.versionId);
      await args.ack({ response_action: 'update', view: await termsView(actor, newer, 0, at, refusalSentence(error.code, error.details)) });
    }
  };

/** The exact bytes of a version, as a file. */
export const onGetTerms =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, FILE_TITLE);
    await handOver(args, opened, { kind: 'terms', versionId: args.action.value ?? '' }, deps);
  };

/** *Agreement PDF*: the copy of what was accepted. */
export const onGetAgreementCopy =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, FILE_TITLE);
    await handOver(args, opened, { kind: 'acceptance', acceptanceId: args.action.value ?? '' }, deps);
  };
