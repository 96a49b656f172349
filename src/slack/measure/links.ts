import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { LINK_TITLE, linkForm, NO_PARTNERS } from '../../../blocks/measure/link-forms.ts';
import { linksPage, MY_LINKS_TITLE, myLinksPage } from '../../../blocks/measure/links-page.ts';
import { pressable } from '../../../blocks/pressable.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { putConversionAside } from '../../measure/conversions/decide-referral.ts';
import { makeLink, ownDomains, stopLink } from '../../measure/links/change-link.ts';
import { proposedCode } from '../../measure/links/link.ts';
import { linksOf, lookAtLinks } from '../../measure/links/look-at-links.ts';
import { listPartnerRecords } from '../../onboard/partners/partner-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal, pushModal } from '../modal.ts';
import { answerAsker } from '../with-fallback.ts';

/** `/partners links [NAME]`, for managers. */
export async function linksAnswer(actor: Actor, name: string, { now, publicUrl }: Deps): Promise<{ text: string; blocks: KnownBlock[] }> {
  return { text: 'Referral links', blocks: linksPage(await lookAtLinks(actor, name, now()), publicUrl) };
}

/** The list once more, in place of the one that was clicked. */
async function listAgain(args: ButtonClick, actor: Actor, deps: Deps): Promise<void> {
  const { text, blocks } = await linksAnswer(actor, '', deps);
  await answerAsker(args, { text, blocks: pressable(blocks, actor) }, args.body.container.is_ephemeral === true);
}

/** *End*. */
export const onEndLink =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await stopLink(actor, z.string().max(60).parse(args.action.value), deps.now());
    await listAgain(args, actor, deps);
  };

/** *Put Aside*, of what could not be counted. */
export const onPutConversionAside =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await putConversionAside(actor, z.string().max(160).parse(args.action.value), deps.now());
    await listAgain(args, actor, deps);
  };

/** *My Links* on the desk. */
export const onShowLinks =
  ({ now, publicUrl }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, MY_LINKS_TITLE);
    const list = await linksOf(await resolveActor(args), args.action.value ?? '', now());
    await fillModal(args.client, opened, myLinksPage(list, publicUrl));
  };

/** *New Link*: the partner's own people for their company, the team for one that it looks at or chooses. */
export const onNewLink =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, LINK_TITLE);
    const actor = await resolveActor(args);
    const partnerId = args.action.value ?? '';
    const partner = partnerId === 'any' ? null : (await linksOf(actor, partnerId, now())).partner;
    if (!partner) await lookAtLinks(actor, '', now());
    const partners = partner ? [] : await linkedPartners(actor.workspaceId);
    if (!partner && partners.length === 0) return fillModal(args.client, opened, noticeModal(LINK_TITLE, NO_PARTNERS));
    const code = partner ? proposedCode(partner.name, '') : '';
    const [domains, isTeam] = [await ownDomains(actor.workspaceId), actor.kind === 'member'];
    await fillModal(args.client, opened, linkForm({ partner, partners, code, domains, isTeam }));
  };

/** Those that a link can be for, in a list to choose from. */
async function linkedPartners(workspaceId: string) {
  const types = ['affiliate', 'referral'] as const;
  const found = await Promise.all(types.map((type) => listPartnerRecords(workspaceId, { type }, { from: 0, count: 100 })));
  const all = found.flatMap(({ partners }) => partners).filter(({ status }) => status !== 'ended');
  return [...new Map(all.map((partner) => [partner.id, partner])).values()];
}

const Metadata = z.object({ partnerId: z.string().max(100).nullable(), isTeam: z.boolean() });
const text = z.string().default('');
const Typed = z.object({
  ...{ campaign: text, code: text, target: text, coupon: text, personId: z.string().nullable().default(null) },
  partnerId: z.string().optional(),
});

/** The field that each refusal is said beside. */
const FIELD_OF: Partial<Record<RefusalCode, string>> = {
  ...{
    'link-code-wrong': 'code',
    'link-code-taken': 'code',
    'link-target-elsewhere': 'target',
    'coupon-wrong': 'coupon',
    'coupon-taken': 'coupon',
  },
};

export const onMakeLink =
  ({ log, now, publicUrl }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { partnerId: known } = carried(Metadata, args.view.private_metadata);
    const { partnerId: chosen, ...typed } = Typed.parse(formValues(args.view));
    const actor = await resolveActor(args);
    try {
      const { code, partnerId } = await makeLink(actor, { ...typed, partnerId: known ?? chosen ?? '' }, now());
      log.info({ workspace: actor.workspaceId, user: actor.userId, link: code }, 'link made');
      const view = myLinksPage(await linksOf(actor, partnerId, now()), publicUrl, code);
      await args.ack({ response_action: 'update', view });
    } catch (error) {
      const field = error instanceof Refusal ? FIELD_OF[error.code] : undefined;
      if (!field || !(error instanceof Refusal)) throw error;
      await args.ack({ response_action: 'errors', errors: { [field]: refusalSentence(error.code, error.details).replace(/[*`]/g, '') } });
    }
  };
