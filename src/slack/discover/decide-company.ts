import { rejectForm } from '../../../blocks/discover/reject-form.ts';
import type { Deps } from '../../deps.ts';
import { type Choice, decideCompany } from '../../discover/digest/decide-company.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';
import { afterDecision } from '../recruit/after-decision.ts';
import { companyPage } from './company-pages.ts';

/** *Later* and *Reconsider*: settled with the click, shown where it was clicked and in the digest. */
const decideWith =
  (choice: Choice) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { company } = await decideCompany(actor, args.action.value ?? '', choice, deps.now());
    await afterDecision(company, deps);
    if (!args.body.container.is_ephemeral) return;
    const page = await companyPage(actor.workspaceId, company, deps.now());
    await args.respond({ response_type: 'ephemeral', replace_original: true, ...page });
  };

export const onLater = decideWith({ kind: 'later' });
export const onReconsider = decideWith({ kind: 'undecided' });

/** *Not a Fit* asks why. */
export const onOpenReject =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Not a fit');
    const actor = await resolveActor(args);
    const companyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'company.decide', subject: `company:${companyId}`, at: now() });
    await fillModal(args.client, opened, rejectForm(await getCompany(actor.workspaceId, companyId)));
  };
