import { rejectForm } from '../../../blocks/reject-form.ts';
import { getCompany } from '../../companies/company-repository.ts';
import type { Deps } from '../../deps.ts';
import { type Choice, decideCompany } from '../../digest/decide-company.ts';
import { authorise } from '../../workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { afterDecision } from '../after-decision.ts';
import { companyPage } from '../company-pages.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

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
