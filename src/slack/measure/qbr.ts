import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { COST_WORDS } from '../../../blocks/measure/cost-words.ts';
import {
  GOAL_SET,
  goalForm,
  QBR_FILE_NOTE,
  QBR_MESSAGE,
  QBR_SENT,
  QBR_THEIRS_NOTE,
  QBR_THEIRS_SENT,
  QBR_TITLE,
  qbrShared,
  qbrView,
} from '../../../blocks/measure/qbr-page.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { GoalGiven, openQbr, setGoal } from '../../measure/qbr/open-qbr.ts';
import { qbrPdf } from '../../measure/qbr/qbr-pdf.ts';
import { readPack, readQuarter } from '../../measure/qbr/read-pack.ts';
import { calendarOf } from '../../measure/revenue/report.ts';
import { getPartnerNamed } from '../../onboard/partners/partner-repository.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import { carried, errorsIn, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, type OpenedModal, openModal, ownModal, pushModal } from '../modal.ts';
import { isShowable } from '../onboard/show-checklist.ts';
import { claimPost, releasePost } from '../post-repository.ts';
import { sendFile } from '../recruit/show-records.ts';
import { slackRefusal } from '../slack-refusal.ts';

const Asked = z.object({ partnerId: z.string().max(100), words: z.string().max(100) });
type Asked = z.infer<typeof Asked>;

/** `/partners qbr NAME [quarter]`, for managers. */
export async function openQbrNamed(args: Caller, triggerId: string, typed: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, QBR_TITLE);
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'qbr.open', subject: 'partner:named', at: now() });
  const { name, words } = await splitTyped(actor.workspaceId, typed, now());
  const { id } = await getPartnerNamed(actor.workspaceId, name);
  await show(args, opened, actor, { partnerId: id, words }, now());
}

/** Words that a quarter takes at most: `fiscal year` takes none. */
const MOST_WORDS = 3;

/** A name, and behind it a quarter where one is named. */
async function splitTyped(workspaceId: string, typed: string, at: Date): Promise<{ name: string; words: string }> {
  const calendar = await calendarOf(workspaceId, at);
  const all = typed.trim().split(/\s+/);
  for (let size = Math.min(MOST_WORDS, all.length - 1); size > 0; size--) {
    const words = all.slice(-size).join(' ').toLowerCase();
    if (readQuarter(words, calendar)) return { name: unquoted(all.slice(0, -size).join(' ')), words };
  }
  return { name: unquoted(all.join(' ')), words: '' };
}

const unquoted = (name: string) => name.replace(/^["“](.*)["”]$/, '$1');

async function show(
  { client }: Pick<Caller, 'client'>,
  { id }: Pick<OpenedModal, 'id'>,
  actor: Actor,
  asked: Asked,
  at: Date,
): Promise<void> {
  const { partner, quarter } = await openQbr(actor, { ...asked, action: 'qbr.open' }, at);
  const { pack, inside } = await readPack(partner, quarter, at);
  await fillModal(client, { id }, qbrView(pack, inside, { words: asked.words, isShareable: isShowable(partner) }));
}

/** *QBR Pack* on a partner's card. */
export const onOpenQbr =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, QBR_TITLE);
    await show(args, opened, await resolveActor(args), { partnerId: args.action.value ?? '', words: '' }, now());
  };

/** *Send Me the PDF*: with the page for the team, to the direct messages of whoever asked. */
export const onSendQbr = (deps: Deps) => (args: ButtonClick) => sendQbr(args, deps, 'team');
/** *Send Me the Partner's Version*: without that page, for whoever asked to pass on. */
export const onSendTheirQbr = (deps: Deps) => (args: ButtonClick) => sendQbr(args, deps, 'partner');

async function sendQbr(args: ButtonClick, { now }: Deps, version: 'team' | 'partner'): Promise<void> {
  await args.ack();
  const opened = await pushModal(args, QBR_TITLE);
  const actor = await resolveActor(args);
  const { partner, quarter } = await openQbr(actor, { ...carried(Asked, args.action.value), action: 'qbr.send' }, now());
  const { pack, inside } = await readPack(partner, quarter, now());
  const isTeams = version === 'team';
  const bytes = await qbrPdf(pack, { inside: isTeams ? inside : null, costWords: COST_WORDS, at: now() });
  const { workspaceId, userId: user } = actor;
  await demandAudience(args.client, workspaceId, { kind: 'person', userId: user });
  const name = isTeams ? `qbr-${fileNamed(partner, quarter)}-internal.pdf` : `review-${fileNamed(partner, quarter)}.pdf`;
  await sendFile(args.client, { user, name, bytes, text: isTeams ? QBR_FILE_NOTE : QBR_THEIRS_NOTE });
  await fillModal(args.client, opened, noticeModal(QBR_TITLE, isTeams ? QBR_SENT : QBR_THEIRS_SENT));
}

/** `quillmont-2026-10-01`: tells the files of several partners apart. */
function fileNamed({ name }: { name: string }, { from }: { from: string }): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? ['partner'];
  return `${words.join('-').slice(0, 60)}-${from}`;
}

/** *Share in Their Channel*: what the partner may read, where Slack says at this moment that nobody else reads along. Two clicks in a row put it there once. Refuses
 *  what `demandAudience` does, `channel-unclear` without a channel, `qbr-shared` a moment after, and `file-not-sent`. */
export const onShareQbr =
  ({ log, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, QBR_TITLE);
    const actor = await resolveActor(args);
    const { workspaceId, userId: by } = actor;
    const { partner, quarter } = await openQbr(actor, { ...carried(Asked, args.action.value), action: 'qbr.share' }, now());
    const { id: partnerId, channel } = partner;
    if (!channel || !isShowable(partner)) throw new Refusal('channel-unclear');
    const audience = { kind: 'partner-channel', channel, shown: { object: 'statement', partnerId } } as const;
    await demandAudience(args.client, workspaceId, audience);
    const { pack } = await readPack(partner, quarter, now());
    const bytes = await qbrPdf(pack, { inside: null, costWords: COST_WORDS, at: now() });
    const [key, claimedAt] = [`qbr-file:${partnerId}:${quarter.from}`, new Date()];
    if (!(await claimPost(workspaceId, key, claimedAt))) throw new Refusal('qbr-shared');
    // Drawing takes a while, in which a channel can be shared with others.
    await demandAudience(args.client, workspaceId, audience);
    const upload = {
      channel_id: channel,
      filename: `review-${fileNamed(partner, quarter)}.pdf`,
      file: bytes,
      initial_comment: QBR_MESSAGE,
    };
    await args.client.files.uploadV2(upload).catch(async (cause: unknown) => {
      if (!slackRefusal(cause)) throw cause;
      await releasePost(workspaceId, key, claimedAt);
      throw new Refusal('file-not-sent', {}, { cause });
    });
    const after = { quarter: quarter.from, channel };
    await recordAudit({ workspaceId, by, at: now(), action: 'qbr.share', subject: `partner:${partnerId}`, after });
    log.info({ workspace: workspaceId, user: by, partner: partnerId }, 'qbr pack shared');
    await fillModal(args.client, opened, noticeModal(QBR_TITLE, qbrShared(channel)));
  };

/** *Set Goal*. */
export const onOpenGoal =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = args.body.view ? await pushModal(args, QBR_TITLE) : await ownModal(args, QBR_TITLE);
    const asked = carried(Asked, args.action.value);
    const { partner, quarter } = await openQbr(await resolveActor(args), { ...asked, action: 'qbr.goal' }, now());
    const { pack } = await readPack(partner, quarter, now());
    await fillModal(args.client, opened, goalForm(asked, pack));
  };

/** Faults are said beside their fields; then the pack below shows the goal. */
export const onSetGoal =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const actor = await resolveActor(args);
    const asked = carried(Asked, view.private_metadata);
    await openQbr(actor, { ...asked, action: 'qbr.goal' }, now());
    const given = GoalGiven.safeParse(formValues(view));
    if (!given.success) return ack({ response_action: 'errors', errors: errorsIn(view, formErrors(given.error)) });
    const goal = await setGoal(actor, asked, given.data, now());
    if (!goal.isSet) return ack({ response_action: 'errors', errors: errorsIn(view, { sourced: goal.message }) });
    await ack({ response_action: 'update', view: noticeModal(QBR_TITLE, GOAL_SET) });
    if (view.previous_view_id) await show(submission, { id: view.previous_view_id }, actor, asked, now());
  };
