import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { DEAL_TITLE, dealForm, partnerForm } from '../../../blocks/manage/deal-form.ts';
import { unescaped } from '../../../blocks/mrkdwn.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { hearDeal } from '../../manage/deals/hear-deal.ts';
import type { Heard } from '../../manage/deals/read-deal-text.ts';
import { beginDealHeard } from '../../manage/deals/register-deal.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { findPartnersByName, getPartnerNamed, listPartnerRecords, listPartnersIn } from '../../onboard/partners/partner-repository.ts';
import { readQuoted } from '../../programme/companies/clean-text.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formValues } from '../form.ts';
import type { Caller, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, openModal } from '../modal.ts';
import { fillDeal } from './register-deal.ts';

/** Words of a partner's name, where a text follows it on the same line. */
const MOST_NAME_WORDS = 8;
/** Of a list that somebody chooses from, as Slack holds it; where there are more, the name is typed. */
const MOST_LISTED = 100;

/** `/partners deal NAME`, for colleagues, and what is pasted behind the name is read for the form. Refuses `partner-unknown` for a name that is none, or
 *  several partners'. */
export async function openDealFor(args: Caller, triggerId: string, words: string, deps: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, DEAL_TITLE);
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action: 'deal.begin', subject: 'partner:by-name', at: deps.now() });
  const { partner, text } = await partnerAndText(actor.workspaceId, words);
  if (!text) return fillDeal(args.client, opened, actor, { partnerId: partner.id, at: deps.now() });
  await fillHeard(args, opened, actor, { partnerId: partner.id, heard: await hearDeal(actor.workspaceId, text, partner, deps) }, deps);
}

/** The name ends with its quotation mark, with its line, or where the words are no partner's name any more. */
async function partnerAndText(workspaceId: string, words: string): Promise<{ partner: Partner; text: string }> {
  const { name, rest } = readQuoted(words);
  if (rest) return { partner: await getPartnerNamed(workspaceId, name), text: rest };
  const [line = '', ...below] = words.trim().split('\n');
  const typed = line.split(/(?<=\S)\s+/).slice(0, MOST_NAME_WORDS);
  const named = typed.map((_word, index) => typed.slice(0, typed.length - index).join(' '));
  for (const one of named) {
    const [partner, ...others] = await findPartnersByName(workspaceId, one, 2);
    if (!partner || others.length > 0) continue;
    const behind = line.trim().split(/\s+/).slice(one.split(' ').length).join(' ');
    return { partner, text: [behind, ...below].join('\n').trim() };
  }
  return { partner: await getPartnerNamed(workspaceId, typed[0] ?? ''), text: '' };
}

/** Opens the form with what was read, in each field that this partner is asked. It is kept like what somebody typed. */
async function fillHeard(
  { client }: Pick<Caller, 'client'>,
  opened: OpenedModal,
  actor: Actor,
  { partnerId, heard }: { partnerId: string; heard: Record<string, Heard> },
  { now }: Pick<Deps, 'now'>,
): Promise<void> {
  const { partner, words, ...form } = await beginDealHeard(actor, partnerId, heard, now());
  await fillModal(client, opened, dealForm({ partnerId: partner.id, partnerName: partner.name, ...form, heard: words }));
}

export type MessageShortcutArgs = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** *Register a Deal* on a message: in a partner's channel for that partner, elsewhere for the one that is chosen next. */
export const onDealFromMessage =
  (deps: Deps) =>
  async (args: MessageShortcutArgs): Promise<void> => {
    await args.ack();
    const { body, client } = args;
    const opened = await openModal(args, body.trigger_id, DEAL_TITLE);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    await authorise(actor, 'member', { action: 'deal.begin', subject: 'partner:by-message', at: deps.now() });
    const [own, ...others] = (await listPartnersIn(workspaceId, body.channel.id)).filter(({ status }) => status !== 'ended');
    const partner = own && others.length === 0 ? own : null;
    const heard = await hearDeal(workspaceId, textOf(body.message), partner, deps);
    if (partner) return fillHeard(args, opened, actor, { partnerId: partner.id, heard }, deps);
    const { partners, total } = await listPartnerRecords(workspaceId, {}, { from: 0, count: MOST_LISTED });
    await fillModal(client, opened, partnerForm({ partners: total <= MOST_LISTED ? partners : null, heard }));
  };

const Chosen = z.object({ partner: z.string('Choose the partner') });
const Carried = z.object({ heard: z.record(z.string(), z.object({ value: z.string(), words: z.string() })) });

/** Whose deal it is. */
export const onDealPartner =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { heard } = carried(Carried, args.view.private_metadata);
    const opened = await keepOpen(args, DEAL_TITLE);
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'deal.begin', subject: 'partner:by-message', at: deps.now() });
    const { partner } = Chosen.parse(formValues(args.view));
    const isChosen = args.view.state.values.partner?.value?.type === 'static_select';
    const partnerId = isChosen ? partner : (await getPartnerNamed(actor.workspaceId, partner)).id;
    await fillHeard(args, opened, actor, { partnerId, heard }, deps);
  };

const text = z.string().catch('');
/** What stands in a message: its own words, what it forwards, and mails that were dropped or sent into Slack. */
const Message = z.object({
  text,
  attachments: z.array(z.object({ pretext: text, title: text, text }).catch({ pretext: '', title: '', text: '' })).catch([]),
  files: z
    .array(
      z
        .object({ subject: text, plain_text: text, from: z.array(z.object({ address: text })).catch([]) })
        .catch({ subject: '', plain_text: '', from: [] }),
    )
    .catch([]),
});

function textOf(message: unknown): string {
  const { success, data } = Message.safeParse(message);
  if (!success) throw new Refusal('press-outdated');
  const forwarded = data.attachments.flatMap((one) => [one.pretext, one.title, one.text]);
  const mails = data.files.flatMap(({ subject, from, plain_text }) => [...from.map(({ address }) => address), subject, plain_text]);
  // Of a link with words of its own, both count.
  const slack = [data.text, ...forwarded].map((part) => unescaped(part.replace(/<(https?:\/\/[^<>|]*)\|([^<>]*)>/g, '$2 $1')));
  return [...slack, ...mails].filter(Boolean).join('\n');
}
