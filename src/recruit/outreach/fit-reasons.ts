import type { Reason } from '../../discover/fit/fit.ts';
import { factsOf } from '../writing/angles.ts';
import { bareWords } from '../writing/plain-words.ts';
import type { WritingInput } from '../writing/writing.ts';

/** Words of theirs and the id of the fact they stand in. */
type Cited = { fact: string; words: string };

/** Why the two companies fit, as far as a letter may say it: all of it rests on facts of theirs. `reasons`: of the fit score, the strongest first.
 *  `meets`: products that they name and that we are, or name too. */
export type FitReasons = {
  reasons: (Pick<Reason, 'finding' | 'asOf'> & { rests: Cited[] })[];
  meets: Cited[];
};

/** What others say of them and whom they are like is no reason for a letter: it would name other companies. */
export function fitReasons({ own, company }: WritingInput, setup: Readonly<Record<string, string>>, score: readonly Reason[]): FitReasons {
  const idOf = new Map(Object.entries(factsOf(company)).map(([id, { field }]) => [field, id]));
  const cite = (field: string, words: string): Cited[] => {
    const fact = idOf.get(field);
    return fact ? [{ fact, words }] : [];
  };
  const reasons = score
    .filter(({ points, finding }) => points > 0 && finding.code !== 'like-example')
    .toSorted((a, b) => b.points - a.points)
    .map(({ finding, asOf, evidence }) => ({
      ...{ finding, asOf },
      rests: evidence.flatMap(({ of, field, value }) => (of ? [] : cite(field, value))),
    }));
  const ours = ` ${[own.name, ...Object.values(setup)].map(bareWords).join(' | ')} `;
  return {
    reasons: reasons.filter(({ rests }) => rests.length > 0),
    meets: (company.integrations ?? [])
      .filter((name) => bareWords(name) !== '' && ours.includes(` ${bareWords(name)} `))
      .flatMap((name) => cite('integrations', name)),
  };
}
