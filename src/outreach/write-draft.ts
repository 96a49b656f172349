import { type OutreachAnswer, outreachEmail } from '../../prompts/outreach-email.ts';
import { auditEntry } from '../audit/audit.ts';
import { getCompany } from '../companies/company-repository.ts';
import type { Deps } from '../deps.ts';
import { fitAmongOthers } from '../digest/rank-candidates.ts';
import { getProgramme } from '../programme/programme-repository.ts';
import { companyEvidence } from '../writing/company-evidence.ts';
import { type Draft, DraftText } from './draft.ts';
import { finishWriting, getDraft } from './draft-repository.ts';
import { footerOf } from './footer.ts';
import { type WritingInput, type WrittenDraft, writeOffline } from './offline-writer.ts';

/** Writes the text of an opened draft, with the model or without, and puts it before the team. Does nothing when it is written. */
export async function writeDraft(
  workspaceId: string,
  draftId: string,
  { ask, now, publicUrl }: Pick<Deps, 'ask' | 'now' | 'publicUrl'>,
): Promise<Draft> {
  const draft = await getDraft(workspaceId, draftId);
  if (draft.status !== 'writing') return draft;
  const [company, programme] = await Promise.all([getCompany(workspaceId, draft.companyId), getProgramme(workspaceId)]);
  const { company: own, sender } = programme;
  if (!own || !sender) throw new Error('a draft was opened before set-up was complete');

  const { type } = await fitAmongOthers(workspaceId, company, now());
  const input: WritingInput = { own, sender, company, contact: draft.contact, type };
  const written = await compose(input, ask);
  const entry = auditEntry({
    workspaceId,
    by: 'system',
    at: now(),
    action: 'draft.write',
    subject: `draft:${draftId}`,
    after: { writer: written.writer, note: written.note, subject: written.subject, body: written.body },
  });
  const footer = footerOf(draft, own, sender, publicUrl);
  return (await finishWriting(draft, { ...written, footer, english: '', language: 'en' }, entry)) ?? getDraft(workspaceId, draftId);
}

type Composed = WrittenDraft & Pick<Draft, 'writer' | 'note'>;

async function compose(input: WritingInput, ask: Deps['ask']): Promise<Composed> {
  if (!ask) return { ...writeOffline(input), writer: 'offline', note: '' };
  try {
    return { ...(await askModel(input, ask)), writer: 'model', note: '' };
  } catch (error) {
    // Not swallowed: the card, the audit log and the job's log all carry the note.
    const note = error instanceof UnsupportedClaim ? error.message : 'The model failed or took too long, so the offline writer wrote this.';
    return { ...writeOffline(input), writer: 'offline', note };
  }
}

async function askModel(input: WritingInput, ask: NonNullable<Deps['ask']>): Promise<WrittenDraft> {
  const { own, sender, company, contact, type } = input;
  const facts = companyEvidence(company).map((fact, index) => ({ ...fact, id: `f${index + 1}` }));
  const answer = await ask(outreachEmail, {
    us: { name: own.name, sells: own.sells, customers: own.customers, senderName: sender.name },
    them: { name: company.name, contactName: contact.name },
    partnerType: type,
    facts: facts.map(({ id, field, value }) => ({ id, field, value })),
  });
  const claims = checkClaims(answer, new Map(facts.map(({ id, ...fact }) => [id, fact])));
  if (LINK.test(`${answer.subject} ${answer.body}`)) {
    throw new UnsupportedClaim('The model put a link into its text, so the offline writer wrote this.');
  }
  const text = { subject: answer.subject.replace(/\s+/g, ' '), body: answer.body.trim() };
  // What nobody could save in the edit form is no draft.
  return { ...DraftText.parse(text), claims };
}

/** A first message has no links; one that is there anyway was asked for by somebody else's text. */
const LINK = /https?:|www\./i;

class UnsupportedClaim extends Error {}

/** A claim must stand in the text and cite facts that exist; anything else throws, and the offline writer takes over. */
function checkClaims(
  answer: OutreachAnswer,
  facts: Map<string, WrittenDraft['claims'][number]['evidence'][number]>,
): WrittenDraft['claims'] {
  const squash = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  const body = squash(answer.body);
  return answer.claims.map((claim) => {
    const evidence = claim.facts.flatMap((id) => facts.get(id) ?? []);
    if (evidence.length < claim.facts.length) {
      throw new UnsupportedClaim('The model cited something that is not on file, so the offline writer wrote this.');
    }
    if (!body.includes(squash(claim.text))) {
      throw new UnsupportedClaim('The model listed a claim that is not in its text, so the offline writer wrote this.');
    }
    return { text: claim.text, evidence };
  });
}
