import type { OutreachInput } from '../../../prompts/recruit/outreach-email.ts';
import type { Deps } from '../../deps.ts';
import { fitAmongOthers } from '../../discover/digest/rank-candidates.ts';
import type { Fit } from '../../discover/fit/fit.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { localDay } from '../../programme/setup/digest-clock.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { nameOfWriter, type Reply } from '../replies/reply.ts';
import { groundsOfUs } from '../style/letter-facts.ts';
import { mixedInto } from '../style/letter-language.ts';
import { languageFor } from '../style/style.ts';
import { factsOf } from '../writing/angles.ts';
import { bodyOf, claimsOf, factsUsed } from '../writing/letter.ts';
import { writeOffline } from '../writing/offline-writer.ts';
import { otherText } from '../writing/other-text.ts';
import type { Letter, Manner, WritingInput } from '../writing/writing.ts';
import type { Draft, Rewrite } from './draft.ts';
import { type Basis, groundsFor, readBasis, saidOf } from './draft-grounds.ts';
import type { DraftNote } from './draft-note.ts';
import { finishWriting, getDraft } from './draft-repository.ts';
import { fitReasons } from './fit-reasons.ts';
import { footerAndNotice } from './footer.ts';
import { type ModelLetter, writeByModel } from './write-by-model.ts';

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

  const at = now();
  const fit = await fitAmongOthers(workspaceId, basis.company, at);
  const composed = await composeText(draft, basis, { fit, wish: null, at }, ask);
  if (!composed) throw new Error('a text that nobody wished otherwise was not written');
  const { manner, ...text } = composed;
  const { subject, body, writer, note, language } = text;
  const after = { writer, note, subject, body };
  const entry = auditEntry({ workspaceId, by: 'system', at, action: 'draft.write', subject: `draft:${draftId}`, after });
  const closing = footerAndNotice({ ...draft, language }, own, sender, publicUrl);
  const written = { subject, body, manner, asked: null };
  return (await finishWriting(draft, { ...text, ...closing, written }, entry)) ?? getDraft(workspaceId, draftId);
}

/** A text with its author and why the author is not the model. */
export type Composed = Pick<Draft, 'subject' | 'body' | 'english' | 'claims' | 'writer' | 'note' | 'language'> & { manner: Manner };

/** What is asked of a text that stands already. */
export type Wish = { how: Rewrite; manner: Manner };

/** Why they fit, what is asked of the text that stands, and when it is written. */
type Occasion = { fit: Pick<Fit, 'type' | 'reasons'>; wish: Wish | null; at: Date };

/** The model's text when it passes the checker and the second reader; else the offline writer's. Null when a wish was made that neither can
 *  fulfil. */
export async function composeText(draft: Draft, basis: Basis, occasion: Occasion, ask: Deps['ask']): Promise<Composed | null> {
  const { wish, fit } = occasion;
  const { type } = fit;
  const input = writingInput(draft, basis, type);
  const { language } = input;
  const asked = modelInput(input, draft, basis, occasion);
  const groundsOfLetter = (letter: Letter) => groundsFor({ ...draft, language }, letter, basis, type);
  const written = ask && (await writeByModel({ asked, groundsFor: groundsOfLetter, ask }));
  const composed = (letter: Letter, by: Pick<Composed, 'writer' | 'note' | 'manner' | 'language'>): Composed => {
    const { subject, sentences, english } = letter;
    return { subject, body: bodyOf(sentences), english, claims: claimsOf(sentences, factsOf(basis.company)), ...by };
  };
  if (written?.outcome === 'written') {
    const note = written.isReadTwice ? null : ({ code: 'read-once' } as const);
    return composed(written.letter, { writer: 'model', note, language, manner: { ...asked.manner, angle: 0 } });
  }
  const plain = offlineInput(draft, basis, type);
  const offline = composeOffline(plain, draft, wish);
  const by = { writer: 'offline', note: written && noteOf(written), language: plain.language } as const;
  return offline && composed(offline, { ...by, manner: offline.manner });
}

/** Why the model's text is not the one that stands. */
function noteOf(written: Exclude<ModelLetter, { outcome: 'written' }>): DraftNote {
  if (written.outcome === 'refused') return { code: 'model-refused', problem: '', fault: written.fault };
  return written.outcome === 'no-reason' ? { code: 'no-reason', reason: written.why } : { code: 'model-failed' };
}

/** What a writer knows of a draft; the manner is that of the house. */
function writingInput(draft: Draft, { company, programme, style, earlier, spoken, pointer }: Basis, type: PartnerType): WritingInput {
  const { company: own } = programme;
  if (!own) throw new Error('a draft was opened before set-up was complete');
  const { kind, touch, contact, sender, answers } = draft;
  const language = spoken ?? languageFor(style, contact.country);
  const manner: Manner = { tone: style.tone, length: style.length, angle: 0 };
  const facts = style.letters[language] ?? null;
  const ofUs = { own, facts, factsInEnglish: style.letters.en ?? null, sender, replacements: style.replacements, earlier };
  return { ...ofUs, company, contact, type, kind, touch, language, manner, answers, pointedBy: pointer && nameOfWriter(pointer) };
}

/** The same for the offline writer, who cannot translate: where set-up has no texts for the language of a first letter and speaks English, the
 *  letter is in English. */
export function offlineInput(draft: Draft, basis: Basis, type: PartnerType): WritingInput {
  const input = writingInput(draft, basis, type);
  const { style } = basis;
  if (input.kind !== 'first' || mixedInto(input.language, style, input.own) !== 'en') return input;
  return { ...input, language: 'en', facts: style.letters.en ?? null };
}

function composeOffline(input: WritingInput, draft: Draft, wish: Wish | null): (Letter & { manner: Manner }) | null {
  if (wish) return otherText(input, { body: draft.body, manner: wish.manner }, wish.how);
  return { ...writeOffline(input), manner: input.manner };
}

function modelInput(
  input: WritingInput,
  draft: Draft,
  { style, programme, role, pointer }: Basis,
  { fit, wish, at }: Occasion,
): OutreachInput {
  const { own, facts, sender, company, contact, type, kind, touch, language, earlier } = input;
  const manner = wish ? mannerAfter(wish) : input.manner;
  const setup = groundsOfUs(own, facts, type);
  const theirs = factsOf(company);
  return {
    us: { name: own.name, senderName: sender.name, setup },
    them: { name: company.name, contactName: contact.name, contactRole: role },
    partnerType: type,
    fit: fitReasons(input, setup, fit.reasons),
    facts: Object.entries(theirs).map(([id, { field, value }]) => ({ id, field, value })),
    kind,
    touch,
    today: localDay(at, programme.digest?.timeZone ?? 'UTC'),
    language,
    manner: { tone: manner.tone, length: manner.length },
    houseStyle: style.houseStyle,
    replacements: style.replacements,
    examples: style.examples,
    earlier: earlier.map(({ subject, body }) => ({ subject, body })),
    reply: pointer ? replyOfPointer(pointer) : answerOf(draft),
    rewrite: wish && { how: wish.how, subject: draft.subject, body: draft.body, rests: factsUsed(draft.claims, theirs) },
    refused: null,
  };
}

/** Their answer and what it was found to say, for a model that is to answer it. */
function answerOf({ answers, contact }: Draft): OutreachInput['reply'] {
  if (!answers) return null;
  const { text, understoodAs, sentence, until, named } = answers;
  return { from: contact.name, text, understoodAs, decidedBy: sentence, until: until?.toISOString().slice(0, 10) ?? null, named };
}

/** A colleague's reply, for a model that writes to whom it names. */
function replyOfPointer(reply: Reply): OutreachInput['reply'] {
  const { kind, sentence, namedContact } = reply;
  return { from: nameOfWriter(reply), text: saidOf(reply), understoodAs: kind, decidedBy: sentence, until: null, named: namedContact };
}

function mannerAfter({ how, manner }: Wish): Manner {
  if (how === 'shorter') return { ...manner, length: manner.length === 'medium' ? 'short' : 'shortest' };
  if (how === 'warmer') return { ...manner, tone: 'warm' };
  return how === 'angle' ? { ...manner, angle: manner.angle + 1 } : { ...manner, angle: 0 };
}
