import type { Company } from '../../programme/companies/company.ts';
import { findNamed, getCompany } from '../../programme/companies/company-repository.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { listContacts } from '../../programme/contacts/contact-repository.ts';
import type { PartnerType, Programme } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { nameOfWriter, type Reply } from '../replies/reply.ts';
import { findReply } from '../replies/reply-repository.ts';
import { groundsOfUs } from '../style/letter-facts.ts';
import type { HouseStyle } from '../style/style.ts';
import { getStyle } from '../style/style-repository.ts';
import { anglesOf, companyEvidence, factsOf } from '../writing/angles.ts';
import { checkDraft } from '../writing/check-draft.ts';
import { namesToLookUp } from '../writing/check-names.ts';
import type { Fault } from '../writing/fault.ts';
import { letterOf } from '../writing/letter.ts';
import type { Grounds, Language, Letter } from '../writing/writing.ts';
import { type Draft, MOST_ANSWERED } from './draft.ts';
import { listThreadDrafts } from './draft-repository.ts';

/** All that a text of this draft may rest on. */
export type Basis = {
  company: Company;
  programme: Programme;
  style: HouseStyle;
  /** Our messages of the thread that have left, oldest first. */
  earlier: Pick<Draft, 'subject' | 'body'>[];
  /** The language of the last of them: a thread stays in one. Null before the first. */
  spoken: Language | null;
  /** What the recipient does at the company; empty where it is not known. */
  role: string;
  /** For a first message to somebody whom a reply named: that reply. Null where none did, and where it was deleted since. */
  pointer: Reply | null;
};

export async function readBasis(draft: Draft): Promise<Basis> {
  const { workspaceId, companyId, threadId, contact } = draft;
  const [company, programme, style, drafts, contacts, pointer] = await Promise.all([
    getCompany(workspaceId, companyId),
    getProgramme(workspaceId),
    getStyle(workspaceId),
    listThreadDrafts(workspaceId, threadId),
    listContacts(workspaceId, companyId),
    draft.pointedBy ? findReply(workspaceId, draft.pointedBy) : null,
  ]);
  const sent = drafts.filter(({ id, status }) => status === 'sent' && id !== draft.id);
  const earlier = sent.map(({ subject, body }) => ({ subject, body }));
  const spoken = sent.at(-1)?.language ?? null;
  const role = contacts.find(({ email }) => email === contact.email)?.role ?? '';
  return { company, programme, style, earlier, spoken, role, pointer };
}

/** Grounds of a text of this draft, with the companies on file that the text could name; `type` is what kind of partner they would be, null where any may be
 *  meant. */
export async function groundsFor(draft: Draft, letter: Letter, basis: Basis, type: PartnerType | null): Promise<Grounds> {
  const { leaveOut } = basis.programme;
  const said = [letter.subject, ...letter.sentences.map(({ text }) => text), letter.english].join('\n');
  const onFile = await findNamed(draft.workspaceId, namesToLookUp(said));
  const strangers = onFile.filter(({ id }) => id !== draft.companyId).flatMap(({ name, aliases }) => [name, ...aliases]);
  const others = [...strangers, ...leaveOut.competitors, ...leaveOut.customers, ...leaveOut.existing];
  const named = (basis.style.letters[draft.language]?.mayName ?? []).map((name) => name.toLowerCase());
  return groundsOf(
    draft,
    basis,
    others.filter((name) => !named.some((allowed) => allowed.startsWith(name.toLowerCase()))),
    type,
  );
}

/** What the checker says of a draft as it stands now. */
export async function faultsOfDraft(draft: Draft, basis: Basis): Promise<Fault[]> {
  const letter = letterOf(draft, factsOf(basis.company));
  return checkDraft(letter, await groundsFor(draft, letter, basis, null));
}

function groundsOf(
  draft: Draft,
  { company, programme, style, earlier, role, pointer }: Basis,
  strangers: string[],
  type: PartnerType | null,
): Grounds {
  const { contact, sender, answers, kind, language } = draft;
  const own = programme.company;
  const found = registrableDomain(sender.address.slice(sender.address.lastIndexOf('@') + 1));
  const facts = Object.entries(factsOf(company)).map(([id, { value }]) => [id, value] as const);
  return {
    kind,
    language,
    texts: {
      ...Object.fromEntries(facts),
      ...groundsOfUs(own, style.letters[language] ?? null, type),
      ...(earlier.length > 0 ? { earlier: earlier.map(({ subject, body }) => `${subject}\n${body}`).join('\n') } : {}),
      ...(pointer ? { reply: saidOf(pointer) } : answers ? { reply: answers.text } : {}),
    },
    us: { names: [own?.name ?? '', sender.name], domains: [own?.website ?? '', 'domain' in found ? found.domain : ''] },
    them: {
      names: [company.name, ...company.aliases, contact.name, ...(pointer ? [nameOfWriter(pointer)] : [])],
      domains: [company.domain],
    },
    wording: [role, style.houseStyle, ...style.replacements.map(({ to }) => to)],
    strangers,
    hasFact: anglesOf(company).length > 0,
  };
}

/** Of a reply that points to somebody else, what their letter may rest on: the sentence alone, where it is known. */
export function saidOf({ sentence, text }: Reply): string {
  return sentence || text.slice(0, MOST_ANSWERED);
}

/** Whether the reply that named its reader was deleted: what the letter says of it rests on nothing any more. */
export async function hasLostPointer({ workspaceId, pointedBy }: Pick<Draft, 'workspaceId' | 'pointedBy'>): Promise<boolean> {
  return pointedBy !== undefined && !(await findReply(workspaceId, pointedBy));
}

/** The first claim whose stored fact is no longer what it was; null when all still stand. */
export function evidenceChanged({ claims }: Pick<Draft, 'claims'>, company: Company): string | null {
  const current = new Map(companyEvidence(company).map(({ field, value }) => [field, value]));
  const fallen = claims.find(({ evidence }) => evidence.some(({ field, value }) => current.get(field) !== value));
  return fallen?.text ?? null;
}
