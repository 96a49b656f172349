import { type OutreachInput, outreachEmail } from '../../../prompts/recruit/outreach-email.ts';
import type { Deps } from '../../deps.ts';
import { fitAmongOthers } from '../../discover/digest/rank-candidates.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { languageFor } from '../style/style.ts';
import { companyEvidence } from '../writing/angles.ts';
import { writeOffline } from '../writing/offline-writer.ts';
import { otherText } from '../writing/other-text.ts';
import type { Manner, WritingInput, WrittenText } from '../writing/writing.ts';
import { type Draft, DraftText, type Rewrite } from './draft.ts';
import { type Basis, problemsOf, readBasis } from './draft-grounds.ts';
import { finishWriting, getDraft } from './draft-repository.ts';
import { footerOf } from './footer.ts';

/** Writes the text of an opened draft, with the model or without, and puts it before the team. Does nothing when it is written. */
export async function writeDraft(
  workspaceId: string,
  draftId: string,
  { ask, now, publicUrl }: Pick<Deps, 'ask' | 'now' | 'publicUrl'>,
): Promise<Draft> {
  const draft = await getDraft(workspaceId, draftId);
  if (draft.status !== 'writing') return draft;
  const basis = await readBasis(draft);
  const { company: own, sender } = basis.programme;
  if (!own || !sender) throw new Error('a draft was opened before set-up was complete');

  const { type } = await fitAmongOthers(workspaceId, basis.company, now());
  const composed = await composeText(draft, basis, type, null, ask);
  if (!composed) throw new Error('a text that nobody wished otherwise was not written');
  const { manner, ...text } = composed;
  const { subject, body, writer, note, language } = text;
  const after = { writer, note, subject, body };
  const entry = auditEntry({ workspaceId, by: 'system', at: now(), action: 'draft.write', subject: `draft:${draftId}`, after });
  const footer = footerOf({ ...draft, language }, own, sender, publicUrl);
  const written = { subject, body, manner, asked: null };
  return (await finishWriting(draft, { ...text, footer, written }, entry)) ?? getDraft(workspaceId, draftId);
}

/** A text with its author and why the author is not the model. */
export type Composed = WrittenText & Pick<Draft, 'writer' | 'note' | 'language'> & { manner: Manner };

/** What is asked of a text that stands already. */
export type Wish = { how: Rewrite; manner: Manner };

/** The model's text when it passes the checker, at the second try with the reasons if need be; else the offline writer's. Null when a wish
 *  was made that neither can fulfil. */
export async function composeText(
  draft: Draft,
  basis: Basis,
  type: PartnerType,
  wish: Wish | null,
  ask: Deps['ask'],
): Promise<Composed | null> {
  const input = writingInput(draft, basis, type);
  const { language } = input;
  const offline = () => composeOffline(input, draft, wish);
  if (!ask) return withNote(offline(), language, null);
  const asked = modelInput(input, draft, basis, wish);
  const first = await askModel(asked, draft, basis, ask);
  if (first?.problems.length === 0) return first.composed;
  const reasons = first?.problems ?? [];
  const second =
    first &&
    (await askModel({ ...asked, refused: { subject: first.composed.subject, body: first.composed.body, reasons } }, draft, basis, ask));
  if (!second) return withNote(offline(), language, { code: 'model-failed' });
  if (second.problems.length === 0) return second.composed;
  return withNote(offline(), language, { code: 'model-refused', problem: second.problems[0] ?? '' });
}

/** What the offline writer knows of a draft; the manner is that of the house. */
export function writingInput(draft: Draft, { company, programme, style, earlier }: Basis, type: PartnerType): WritingInput {
  const { company: own } = programme;
  if (!own) throw new Error('a draft was opened before set-up was complete');
  const { kind, touch, contact, sender, answers } = draft;
  const language = languageFor(style, contact.country);
  const manner: Manner = { tone: style.tone, length: style.length, angle: 0 };
  return { own, sender, company, contact, type, kind, touch, language, manner, replacements: style.replacements, earlier, answers };
}

function composeOffline(input: WritingInput, draft: Draft, wish: Wish | null): (WrittenText & { manner: Manner }) | null {
  if (wish) return otherText(input, { body: draft.body, manner: wish.manner }, wish.how);
  return { ...writeOffline(input), manner: input.manner };
}

function withNote(text: (WrittenText & { manner: Manner }) | null, language: Draft['language'], note: Draft['note']): Composed | null {
  return text && { ...text, language, writer: 'offline', note };
}

function modelInput(input: WritingInput, draft: Draft, { style }: Basis, wish: Wish | null): OutreachInput {
  const { own, sender, company, contact, type, kind, touch, language, earlier, answers } = input;
  const manner = wish ? mannerAfter(wish) : input.manner;
  return {
    us: { name: own.name, sells: own.sells, customers: own.customers, senderName: sender.name },
    them: { name: company.name, contactName: contact.name },
    partnerType: type,
    facts: companyEvidence(company).map(({ field, value }, index) => ({ id: `f${index + 1}`, field, value })),
    kind,
    touch,
    language,
    manner: { tone: manner.tone, length: manner.length },
    houseStyle: style.houseStyle,
    replacements: style.replacements,
    earlier: earlier.map(({ subject, body }) => ({ subject, body })),
    reply: answers && { text: answers.text, understoodAs: answers.understoodAs },
    rewrite: wish && { how: wish.how, subject: draft.subject, body: draft.body },
    refused: null,
  };
}

function mannerAfter({ how, manner }: Wish): Manner {
  if (how === 'shorter') return { ...manner, length: manner.length === 'medium' ? 'short' : 'shortest' };
  if (how === 'warmer') return { ...manner, tone: 'warm' };
  return how === 'angle' ? { ...manner, angle: manner.angle + 1 } : { ...manner, angle: 0 };
}

/** One answer of the model with what the checker says of it; null when it fails, takes too long or answers off the schema: the card and the
 *  audit log say so, the log why. A claim that cites what is not there keeps no evidence, which the checker refuses. */
async function askModel(
  asked: OutreachInput,
  draft: Draft,
  basis: Basis,
  ask: NonNullable<Deps['ask']>,
): Promise<{ composed: Composed; problems: string[] } | null> {
  const answer = await ask(outreachEmail, asked).catch(() => null);
  if (!answer) return null;
  const facts = new Map(companyEvidence(basis.company).map((fact, index) => [`f${index + 1}`, fact]));
  const claims = answer.claims.map(({ text, facts: ids }) => {
    const evidence = ids.flatMap((id) => facts.get(id) ?? []);
    return { text, evidence: evidence.length < ids.length ? [] : evidence };
  });
  const text = DraftText.safeParse({ subject: answer.subject.replace(/\s+/g, ' '), body: answer.body });
  const { subject, body } = text.success ? text.data : answer;
  const { language, manner, kind, earlier } = asked;
  const written = { subject: kind === 'first' ? subject : threadSubject(subject, earlier), body, claims, language };
  const form = text.success ? [] : text.error.issues.map(({ message }) => `${message}.`);
  const problems = [...form, ...(await problemsOf(draft, written, basis))];
  return {
    composed: { ...written, english: answer.english.trim(), manner: { ...manner, angle: 0 }, writer: 'model', note: null },
    problems,
  };
}

/** An answer stays in its thread, whatever subject the model likes. */
function threadSubject(subject: string, earlier: OutreachInput['earlier']): string {
  const first = earlier[0]?.subject.replace(/^(\s*re\s*:)+\s*/i, '') ?? subject.replace(/^(\s*re\s*:)+\s*/i, '');
  return `Re: ${first}`.slice(0, 150);
}
