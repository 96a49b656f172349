import type { OwnCompany } from '../../programme/setup/programme.ts';
import { type Angle, anglesOf } from './angles.ts';
import type { Letter, Part } from './offline-writer.ts';
import { firstSentence } from './own-words.ts';
import type { Phrases } from './phrases.ts';
import { sharedCustomers } from './shared-customers.ts';
import { spokenName } from './spoken-name.ts';
import type { WritingInput } from './writing.ts';

/** Why we write to them, who we are, what we propose and what both gain, one question. */
export function firstParts(phrases: Phrases, input: WritingInput): Letter {
  const { own, sender, company, contact, type, manner } = input;
  const { tone, length } = manner;
  const them = spokenName(company.name);
  const us = spokenName(own.name);
  const angles = anglesOf(company);
  const angle = angles[manner.angle] ?? angles.at(-1);
  const reason = angle ? [claimOf(angle, phrases.reason[angle.kind], phrases, them)] : [];
  const intro = phrases.intro(sender.name, us, reason.length === 0);
  const offer = phrases.offer(...ownWords(own, length === 'medium'));
  const idea =
    length === 'shortest' ? [] : [{ text: leadToIdea(phrases, own, angle, length === 'medium') }, { text: phrases.idea[type](us, them) }];
  const gain = length === 'medium' ? [{ text: phrases.gain[type](us, them) }] : [];
  const humble = tone === 'warm' && length !== 'shortest' ? [{ text: phrases.humble }] : [];
  return {
    subject: phrases.subject[type](us, them),
    paragraphs: [
      [{ text: phrases.greeting[tone](contact.name) }],
      reason,
      [{ text: intro }, { text: offer }],
      [...idea, ...gain, ...humble],
      [{ text: length === 'medium' ? phrases.ask[tone] : phrases.askShort }],
      [{ text: phrases.closing[tone] }],
    ],
  };
}

/** Why the idea follows from what was said. */
function leadToIdea(phrases: Phrases, own: OwnCompany, angle: Angle | undefined, customersAreNamed: boolean): string {
  const word = angle ? sharedCustomers(own, angle) : null;
  if (word) return phrases.ideaShared(phrases.quoted(word));
  return customersAreNamed ? phrases.ideaIfSame : phrases.ideaIs;
}

/** A sentence about them and the fact behind it. */
export function claimOf({ quote, kind, evidence }: Angle, say: Phrases['reason'][Angle['kind']], { quoted }: Phrases, them: string): Part {
  const text = say(them, kind === 'founded' ? quote : quoted(quote));
  return { text, claim: { text, evidence: [evidence] } };
}

/** The first sentence of what set-up says we sell, and of who buys it. */
function ownWords({ sells, customers }: OwnCompany, withCustomers: boolean): [string, string | null] {
  return [firstSentence(sells), withCustomers ? firstSentence(customers) : null];
}
