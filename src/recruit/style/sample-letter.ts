import { type Company, NOTHING_KNOWN } from '../../programme/companies/company.ts';
import type { OwnCompany, PartnerType, Sender } from '../../programme/setup/programme.ts';
import { bodyOf } from '../writing/letter.ts';
import { writeOffline } from '../writing/offline-writer.ts';
import type { Language } from '../writing/writing.ts';
import type { LetterFacts } from './letter-facts.ts';
import type { HouseStyle } from './style.ts';

/** Invented partners, and a line that says nothing of their customers. */
const SAMPLES: Record<Language, { name: string; line: string; person: string }> = {
  en: { name: 'Example Partners', line: 'what they say about themselves', person: 'Dana Reed' },
  de: { name: 'Musterpartner', line: 'was sie über sich selbst sagen', person: 'Petra Sommer' },
  fr: { name: 'Exemple Partenaires', line: 'ce que cette entreprise dit d’elle-même', person: 'Claire Morel' },
  es: { name: 'Ejemplo Socios', line: 'lo que dicen de sí mismos', person: 'Lucía Robles' },
};

/** A first letter as the offline writer writes it with these texts, to a partner of whom it knows one line. */
export function sampleLetter(
  { own, sender, style }: { own: OwnCompany; sender: Pick<Sender, 'name'>; style: Pick<HouseStyle, 'tone' | 'length' | 'replacements'> },
  { language, facts, type }: { language: Language; facts: LetterFacts; type: PartnerType },
): string {
  const at = new Date(0);
  const { name, line, person } = SAMPLES[language];
  const company: Company = {
    ...NOTHING_KNOWN,
    ...{ id: 'sample', workspaceId: 'sample', domain: 'sample.example', name, oneLiner: line },
    ...{ origin: { source: 'sample', at }, origins: {}, decision: null, createdAt: at, updatedAt: at },
  };
  const manner = { tone: style.tone, length: style.length, angle: 0 };
  const of = {
    own,
    facts,
    factsInEnglish: null,
    sender,
    company,
    contact: { name: person, email: 'sample@sample.example' },
    type,
    language,
    manner,
    replacements: style.replacements,
  };
  return bodyOf(writeOffline({ ...of, kind: 'first', touch: 1, earlier: [], answers: null, pointedBy: null }).sentences);
}
