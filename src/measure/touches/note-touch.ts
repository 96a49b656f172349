import { max, min } from 'date-fns';
import { Refusal } from '../../errors.ts';
import type { DealRole } from '../../manage/deals/deal.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartnerNamed } from '../../onboard/partners/partner-repository.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { localDay, noonOfLocalDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { type Uncounted, whyUncounted } from '../attribution/credit.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import type { Sale } from '../sales/sale.ts';
import { changingSale, findSale, listSalesOf } from '../sales/sale-repository.ts';
import { NOTED_TYPES, type NotedType, ORIGINS, type Touch } from './touch.ts';
import { appendTouch, findTouch, overrideLate } from './touch-repository.ts';

/** What the partner did by it. */
const ROLE_OF: Record<NotedType, DealRole> = {
  introduction: 'refer',
  demo: 'influence',
  'co-sell-meeting': 'influence',
  event: 'influence',
  influence: 'influence',
  implementation: 'implement',
  'referral-accepted': 'refer',
};

/** Sales to choose from; more are found by the customer's name. */
export const MOST_SALES = 100;
/** The sales that a touch can be noted of, those of a customer whose name or domain holds these words, the newest first. Refuses `role-needed` and
 *  `internal-only`. */
export async function salesToNote(actor: Actor, customer: string, at: Date): Promise<{ sales: Sale[]; isMore: boolean }> {
  await authorise(actor, 'member', { action: 'touch.begin', subject: 'sale:all', at });
  const found = await listSalesOf(actor.workspaceId, customer.trim(), MOST_SALES + 1);
  return { sales: found.slice(0, MOST_SALES), isMore: found.length > MOST_SALES };
}

/** What makes a partner the source of a sale is for managers to say. */
export function notableBy(actor: Actor): readonly NotedType[] {
  return mayAct(actor, 'manager') ? NOTED_TYPES : NOTED_TYPES.filter((type) => !ORIGINS.has(type));
}

type NewTouch = {
  /** Of the form: sent twice, the first stands. */
  id: string;
  saleId: string;
  /** The partner's name or domain. */
  partner: string;
  type: NotedType;
  /** `2027-03-31`, where the workspace is. */
  day: string;
  evidence: string;
};

export type NotedTouch = {
  touch: Touch;
  partner: Pick<Partner, 'name'>;
  sale: Sale;
  rules: MeasureRules;
  /** Null where it counts. */
  because: Uncounted['because'] | null;
};

/** Notes what a partner did for a sale, for good, and says whether it counts. One that counts for nothing is kept as well. Refuses `role-needed`,
 *  `internal-only`, `partner-unknown`, `partner-ended`, `sale-unknown`, and `day-to-come`. */
export async function noteTouch(actor: Actor, given: NewTouch, at: Date): Promise<NotedTouch> {
  const { workspaceId, userId: by } = actor;
  const { id, saleId, type, day, evidence } = given;
  await authorise(actor, ORIGINS.has(type) ? 'manager' : 'member', { action: 'touch.note', subject: `sale:${saleId}`, at });
  const partner = await getPartnerNamed(workspaceId, given.partner);
  if (partner.status === 'ended') throw new Refusal('partner-ended', { name: partner.name });
  const sale = await findSale(workspaceId, saleId);
  if (!sale) throw new Refusal('sale-unknown');
  const [rules, { digest }] = await Promise.all([getMeasureRules(workspaceId), getProgramme(workspaceId)]);
  const zone = digest?.timeZone ?? 'UTC';
  if (day > localDay(at, zone)) throw new Refusal('day-to-come');
  const source = `noted:${id}`;
  const touch: Touch = {
    ...{ workspaceId, source, saleId, partnerId: partner.id, type, role: ROLE_OF[type], by, evidence, lateOverride: null },
    ...{ at: momentOn(day, { sale, zone, now: at }), recordedAt: at },
  };
  const isNew = await changingSale(sale, at, () => appendTouch(touch));
  const stored = isNew ? touch : ((await findTouch(workspaceId, source)) ?? touch);
  const after = { source, partnerId: stored.partnerId, type: stored.type, day };
  await recordAudit({ id: `${workspaceId}|${source}`, workspaceId, by, at, action: 'touch.note', subject: `sale:${saleId}`, after });
  return { touch: stored, partner, sale, rules, because: whyUncounted(stored, sale, rules, at) };
}

/** A day has no hour: it is noon, but on the days on which the sale began or ended it lies within the sale, and never in the future. */
export function momentOn(day: string, { sale, zone, now }: { sale: Pick<Sale, 'createdAt' | 'closedAt'>; zone: string; now: Date }): Date {
  const noon = noonOfLocalDay(day, zone);
  const isOn = (at: Date | null): at is Date => at !== null && localDay(at, zone) === day;
  const begun = isOn(sale.createdAt) ? max([noon, sale.createdAt]) : noon;
  return min([begun, now, ...(isOn(sale.closedAt) ? [sale.closedAt] : [])]);
}

/** A late claim, to a manager who may let it count. Refuses `role-needed`, `internal-only`, `sale-unknown` when it is not there, and `touch-in-time` when it is
 *  not late. */
export async function lookAtLate(actor: Actor, source: string, at: Date): Promise<NotedTouch> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'touch.count', subject: `touch:${source}`, at });
  const touch = await findTouch(workspaceId, source);
  const sale = touch && (await findSale(workspaceId, touch.saleId));
  if (!touch || !sale) throw new Refusal('sale-unknown');
  const rules = await getMeasureRules(workspaceId);
  const because = whyUncounted(touch, sale, rules, at);
  if (because !== 'claimed-late' && !touch.lateOverride) throw new Refusal('touch-in-time');
  return { touch, partner: { name: '' }, sale, rules, because };
}

/** Lets a late claim count, and marks it for ever with who did so and why. Refuses what `lookAtLate` refuses. Of two at once the first is the one named. */
export async function letCount(actor: Actor, { source, because }: { source: string; because: string }, at: Date): Promise<Touch> {
  const { workspaceId, userId: by } = actor;
  const { touch, sale } = await lookAtLate(actor, source, at);
  await changingSale(sale, at, () => overrideLate(workspaceId, source, { by, because, at }));
  const counted = (await findTouch(workspaceId, source)) ?? touch;
  const said = counted.lateOverride ?? { by, because, at };
  const entry = { workspaceId, by: said.by, at: said.at, action: 'touch.count', subject: `sale:${sale.id}` };
  await recordAudit({ ...entry, id: `${workspaceId}|late:${source}`, after: { source, because: said.because } });
  return counted;
}
