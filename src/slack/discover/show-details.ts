import { companyDetails } from '../../../blocks/discover/company-card.ts';
import { modal } from '../../../blocks/elements.ts';
import type { Deps } from '../../deps.ts';
import { fitAmongOthers } from '../../discover/digest/rank-candidates.ts';
import { getFitProfile } from '../../discover/fit/fit-profile.ts';
import { gateOf } from '../../discover/fit/gates.ts';
import { Refusal } from '../../errors.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

/** Every criterion of a company's score, as the list has it, with its evidence. */
export const onShowDetails =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'Why this score');
    const actor = await resolveActor(args);
    const companyId = args.action.value ?? '';
    await authorise(actor, 'internal', { action: 'company.details', subject: `company:${companyId}`, at: now() });
    const company = await getCompany(actor.workspaceId, companyId);
    const profile = await getFitProfile(actor.workspaceId);
    if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
    const gate = gateOf(profile, company);
    const blocks = companyDetails(company, await fitAmongOthers(actor.workspaceId, company, now()), gate?.text ?? null, now());
    await fillModal(args.client, opened, modal('Why this score', blocks));
  };
