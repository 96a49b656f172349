import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { decideCompany } from '../../discover/digest/decide-company.ts';
import { RejectionReason } from '../../programme/companies/company.ts';
import { resolveActor } from '../actor.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';
import { afterDecision } from '../recruit/after-decision.ts';

const RejectForm = z.object({ reason: z.enum(RejectionReason.options, 'Choose a reason'), note: z.string().trim().max(300).default('') });
const Metadata = z.object({ companyId: z.string() });

/** Records why a company is not a fit. */
export const onRejectCompany =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = RejectForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await ack();
    const { companyId } = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(args);
    const { company } = await decideCompany(actor, companyId, { kind: 'not-fit', ...form.data }, deps.now());
    await afterDecision(company, deps);
  };
