import { type Company, NOTHING_KNOWN } from '../../programme/companies/company.ts';
import type { OwnCompany, PartnerType, Sender } from '../../programme/setup/programme.ts';
import { bodyOf } from '../writing/letter.ts';
import { writeOffline } from '../writing/offline-writer.ts';
import { PHRASES } from '../writing/phrases.ts';
import type { Language } from '../writing/writing.ts';
import type { LetterFacts } from './letter-facts.ts';
import type { HouseStyle } from './style.ts';

/** A first letter as the offline writer would begin it with these texts, to a partner of whom it knows one line. */
export function sampleLetter(
  { own, sender, style }: { own: OwnCompany; sender: Pick<Sender, 'name'>; style: Pick<HouseStyle, 'tone' | 'length' | 'replacements'> },
  { language, facts, type }: { language: Language; facts: LetterFacts; type: PartnerType },
): string {
  const at = new Date(0);
  const { name, line, person } = PHRASES[language].sample;
  const company: Company = {
    ...NOTHING_KNOWN,
    ...{ id: 'sample', workspaceId: 'sample', domain: 'sample.example', name, oneLiner: line },
    ...{ origin: { source: 'sample', at }, origins: {}, decision: null, createdAt: at, updatedAt: at },
  };
  const manner = { tone: style.tone, length: style.length, angle: 0 };
  const of = { own, facts, sender, company, contact: { name: person }, type, language, manner, replacements: style.replacements };
  return bodyOf(writeOffline({ ...of, kind: 'first', touch: 1, earlier: [], answers: null, pointedBy: null }).sentences);
}
