import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import {
  badPlanWords,
  CAP_SAVED,
  CAP_UNREAD,
  type NameOf,
  PLAN_TITLE,
  PLANS_TITLE,
  planForm,
  planSaved,
  plansPage,
  replayPage,
} from '../../../blocks/measure/plan-pages.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { changeTotalCap, openPlans, type PlansShown, savePlan } from '../../measure/commissions/change-plan.ts';
import { type Plan, PlanTerms } from '../../measure/commissions/plan.ts';
import { replayYear } from '../../measure/commissions/replay-year.ts';
import { PLAN_FIELDS, readPercent, readPlan, type TypedPlan, typedPlan } from '../../measure/commissions/typed-plan.ts';
import { dayIn } from '../../measure/ledger/record-revenue.ts';
import { findPartnersByName, listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { resolveActor } from '../actor.ts';
import { carried, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, openModal, ownModal, pushModal } from '../modal.ts';

/** `/partners plan`, for admins. */
export async function openPlanList(args: Caller, triggerId: string, deps: Deps): Promise<void> {
  return fillPlanList(args, await openModal(args, triggerId, PLANS_TITLE), deps);
}

/** *Plans*, where a part in a sale earns nothing. */
export const onOpenPlans =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    await fillPlanList(args, await pushModal(args, PLANS_TITLE), deps);
  };

async function fillPlanList(args: Caller, opened: OpenedModal, { now }: Deps): Promise<void> {
  const actor = await resolveActor(args);
  const shown = await openPlans(actor, now());
  await fillModal(args.client, opened, plansPage(shown, await namesIn(actor.workspaceId, shown.plans)));
}

async function namesIn(workspaceId: string, plans: readonly Pick<Plan, 'audience'>[]): Promise<NameOf> {
  const ids = plans.flatMap(({ audience }) => (audience.kind === 'partners' ? audience.names : []));
  const names = new Map((await listPartnersByIds(workspaceId, ids)).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** *Edit* and *New Plan*, on top of the list. */
export const onEditPlan =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PLAN_TITLE);
    const actor = await resolveActor(args);
    const { plans, rules } = await openPlans(actor, now());
    const plan = plans.find(({ planId }) => planId === args.action.value);
    if (plan) {
      const typed = typedPlan(plan, await namesIn(actor.workspaceId, [plan]));
      return fillModal(args.client, opened, planForm({ planId: plan.planId, seen: plan.version, typed }));
    }
    const startsOn = await dayIn(actor.workspaceId, now());
    const typed: TypedPlan = { whom: 'Everybody', base: 'invoiced', currency: rules.currency, limits: 'hold: 30 days', startsOn };
    await fillModal(args.client, opened, planForm({ planId: randomUUID(), seen: 0, typed }));
  };

const Editing = z.object({ planId: z.string().max(100), seen: z.number().int().min(0) });
const Typed = z.object(Object.fromEntries(PLAN_FIELDS.map((field) => [field, z.string().optional()])));
const Carried = Editing.extend({ terms: PlanTerms });
/** Characters that a form carries unseen. */
const MOST_CARRIED = 2900;

/** Faults are said beside their fields; what can be read is shown with what the last year would have paid. Nothing is saved. */
export const onReplayPlan =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await resolveActor(args);
    const { rules } = await openPlans(actor, now());
    const typed: TypedPlan = Typed.parse(formValues(args.view));
    const { terms, bad } = readPlan(typed, { idOf: await idsIn(actor.workspaceId, typed.whom), totalCapBp: rules.totalCapBp });
    const editing = carried(Editing, args.view.private_metadata);
    const isLong = JSON.stringify({ ...editing, terms }).length > MOST_CARRIED;
    if (!terms || isLong) {
      const errors = badPlanWords(isLong ? [...bad, { field: 'pay', line: '', why: 'too-long' }] : bad);
      return args.ack({ response_action: 'errors', errors });
    }
    const opened = await keepOpen(args, PLAN_TITLE);
    const replayed = await replayYear(actor.workspaceId, { planId: editing.planId, terms }, now());
    await fillModal(args.client, opened, replayPage({ ...editing, terms }, replayed));
  };

async function idsIn(workspaceId: string, whom = ''): Promise<(name: string) => string | null> {
  const names = whom.split('\n').flatMap((line) => /^\s*partner\s*:\s*(.+?)\s*$/i.exec(line)?.[1] ?? []);
  const found = await Promise.all(
    names.slice(0, 50).map(async (name) => {
      const [partner, ...others] = await findPartnersByName(workspaceId, name, 2);
      return partner && others.length === 0 ? [[name, partner.id] as const] : [];
    }),
  );
  const ids = new Map(found.flat());
  return (name) => ids.get(name) ?? null;
}

/** *Back* from the replay to the form, as it was typed. */
export const onPlanBack =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, PLAN_TITLE);
    const actor = await resolveActor(args);
    await openPlans(actor, now());
    const { terms, ...editing } = carried(Carried, args.body.view?.private_metadata);
    await fillModal(args.client, opened, planForm({ ...editing, typed: typedPlan(terms, await namesIn(actor.workspaceId, [terms])) }));
  };

export const onSavePlan =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const opened = await keepOpen(args, PLAN_TITLE);
    const actor = await resolveActor(args);
    const plan = await savePlan(actor, carried(Carried, args.view.private_metadata), now());
    await fillModal(args.client, opened, noticeModal(PLAN_TITLE, planSaved(plan)));
  };

/** *Save Cap* below the list. */
export const onChangeTotalCap =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const actor = await resolveActor(args);
    const { totalCap = '' } = z.object({ totalCap: z.string().optional() }).parse(formValues(view));
    const totalCapBp = totalCap.trim() ? readPercent(totalCap) : null;
    if (totalCap.trim() && !totalCapBp) return ack({ response_action: 'errors', errors: { totalCap: CAP_UNREAD } });
    const { rev } = carried(z.object({ rev: z.number().int() }), view.private_metadata);
    try {
      await changeTotalCap(actor, { rev, totalCapBp }, now());
    } catch (error) {
      if (!(error instanceof Refusal) || !['cap-below-plan', 'rules-changed'].includes(error.code)) throw error;
      return ack({ response_action: 'errors', errors: { totalCap: refusalSentence(error.code, error.details) } });
    }
    const shown: PlansShown = await openPlans(actor, now());
    await ack({ response_action: 'update', view: plansPage(shown, await namesIn(actor.workspaceId, shown.plans), CAP_SAVED) });
  };
