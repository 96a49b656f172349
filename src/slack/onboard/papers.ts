import { agreementLine, certificatesLine, PAPERS_TITLE, paperButtons, papersPage } from '../../../blocks/onboard/papers.ts';
import type { PartnerFacts } from '../../../blocks/onboard/partner-card.ts';
import type { Deps } from '../../deps.ts';
import { listAcceptances } from '../../onboard/agreements/acceptance-repository.ts';
import { agreementsOf } from '../../onboard/agreements/read-agreements.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { listCertificates } from '../../onboard/training/certificates.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';

/** What a partner's card says of agreements and certificates, with the buttons that hand them out. */
export async function paperFacts(partner: Partner, at: Date): Promise<Pick<PartnerFacts, 'agreement' | 'certificates' | 'papers'>> {
  const { workspaceId, id } = partner;
  const [states, acceptances, certificates] = await Promise.all([
    agreementsOf(partner),
    listAcceptances(workspaceId, id),
    listCertificates(workspaceId, id, at),
  ]);
  return {
    agreement: agreementLine(states),
    certificates: certificatesLine(certificates),
    papers: paperButtons(id, acceptances, certificates),
  };
}

/** *All Agreements and Certificates* on the card: for the team. */
export const onShowPapers =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PAPERS_TITLE);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const partnerId = args.action.value ?? '';
    await authorise(actor, 'member', { action: 'papers.show', subject: `partner:${partnerId}`, at: now() });
    const [acceptances, certificates] = await Promise.all([
      listAcceptances(workspaceId, partnerId),
      listCertificates(workspaceId, partnerId, now()),
    ]);
    await fillModal(args.client, opened, papersPage(partnerId, acceptances, certificates));
  };
