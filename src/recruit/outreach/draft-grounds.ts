import type { Company } from '../../programme/companies/company.ts';
import { findNamed, getCompany } from '../../programme/companies/company-repository.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import type { Programme } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { HouseStyle } from '../style/style.ts';
import { getStyle } from '../style/style-repository.ts';
import { companyEvidence } from '../writing/angles.ts';
import { checkDraft } from '../writing/check-draft.ts';
import { namesToLookUp } from '../writing/other-names.ts';
import type { Grounds } from '../writing/writing.ts';
import type { Draft } from './draft.ts';
import { listThreadDrafts } from './draft-repository.ts';

/** All that a text of this draft may rest on. */
export type Basis = {
  company: Company;
  programme: Programme;
  style: HouseStyle;
  /** Our messages of the thread that have left, oldest first. */
  earlier: Pick<Draft, 'subject' | 'body'>[];
};

export async function readBasis(draft: Draft): Promise<Basis> {
  const { workspaceId, companyId, threadId } = draft;
  const [company, programme, style, drafts] = await Promise.all([
    getCompany(workspaceId, companyId),
    getProgramme(workspaceId),
    getStyle(workspaceId),
    listThreadDrafts(workspaceId, threadId),
  ]);
  const earlier = drafts.filter(({ id, status }) => status === 'sent' && id !== draft.id).map(({ subject, body }) => ({ subject, body }));
  return { company, programme, style, earlier };
}

/** What the checker says of a text for this draft, in sentences; empty when nothing is wrong. */
export async function problemsOf(
  draft: Draft,
  text: Pick<Draft, 'subject' | 'body' | 'claims' | 'language'>,
  basis: Basis,
): Promise<string[]> {
  const { leaveOut } = basis.programme;
  const onFile = await findNamed(draft.workspaceId, namesToLookUp(`${text.subject}\n${text.body}`));
  const strangers = onFile.filter(({ id }) => id !== draft.companyId).flatMap(({ name, aliases }) => [name, ...aliases]);
  const others = [...strangers, ...leaveOut.competitors, ...leaveOut.customers, ...leaveOut.existing];
  return checkDraft(text, groundsOf(draft, basis, others));
}

function groundsOf({ contact, sender, answers }: Draft, { company, programme, style, earlier }: Basis, others: string[]): Grounds {
  const own = programme.company;
  const found = registrableDomain(sender.address.slice(sender.address.lastIndexOf('@') + 1));
  return {
    company,
    contactName: contact.name,
    ownName: own?.name ?? '',
    ownDomain: own?.website ?? '',
    senderName: sender.name,
    senderDomain: 'domain' in found ? found.domain : '',
    ours: [
      own?.sells,
      own?.customers,
      own?.regions,
      style.houseStyle,
      ...style.replacements.map(({ to }) => to),
      ...earlier.flatMap(({ subject, body }) => [subject, body]),
    ].filter((text) => text !== undefined),
    wording: style.replacements.map(({ to }) => to),
    theirs: answers ? [answers.text] : [],
    evidence: companyEvidence(company),
    others,
  };
}

/** The first claim whose stored fact is no longer what it was; null when all still stand. */
export function evidenceChanged({ claims }: Pick<Draft, 'claims'>, company: Company): string | null {
  const current = new Map(companyEvidence(company).map(({ field, value }) => [field, value]));
  const fallen = claims.find(({ evidence }) => evidence.some(({ field, value }) => current.get(field) !== value));
  return fallen?.text ?? null;
}
