import { readAgainstGrounds } from '../../../prompts/recruit/read-against-grounds.ts';
import type { Deps } from '../../deps.ts';
import type { Fault } from './fault.ts';
import type { Grounds, Letter } from './writing.ts';

/** The second reader: asks the model which sentence says more than its ground. It decides only towards refusal, and what it says counts only where
 *  it points at a part of the letter and quotes words that stand there. Null when it does not answer. */
export async function overstatementsIn(letter: Letter, { kind, texts }: Grounds, ask: NonNullable<Deps['ask']>): Promise<Fault[] | null> {
  const sentences = letter.sentences.map(({ text, kind, from }, number) => ({
    number,
    text,
    kind,
    rests: from.flatMap((id) => texts[id] ?? []),
  }));
  const { subject, english } = letter;
  const answer = await ask(readAgainstGrounds, { kind, subject, sentences, english, data: texts }).catch(() => null);
  if (!answer) return null;
  return answer.findings.flatMap(({ where, words }): Fault[] => {
    const said = words.trim();
    const holds = (text: string | undefined) => text !== undefined && said.length > 0 && plain(text).includes(plain(said));
    if (where === 'subject') return holds(subject) ? [{ code: 'subject-says-more', sentence: null, said }] : [];
    if (where === 'english') return holds(english) ? [{ code: 'english-says-more', sentence: null, said }] : [];
    const sentence = /^\d{1,3}$/.test(where) ? Number(where) : -1;
    return holds(letter.sentences[sentence]?.text) ? [{ code: 'says-more', sentence, said }] : [];
  });
}

/** Models write quotation marks and blanks as they like. */
function plain(text: string): string {
  return text
    .replace(/[“”„«»"]/g, '"')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
