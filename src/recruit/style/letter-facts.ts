import { z } from 'zod';
import { type OwnCompany, PARTNER_TYPES, PartnerType } from '../../programme/setup/programme.ts';

const text = (most: number) => z.string().trim().max(most, `Shorten this to ${most} characters`).default('');
/** One a line. */
const lines = (most: number, longest: number) =>
  z
    .string()
    .default('')
    .transform((typed) => [...new Set(typed.split('\n').map((line) => line.trim()))].filter(Boolean))
    .pipe(z.array(z.string().max(longest, `Shorten each line to ${longest} characters`)).max(most, `Give at most ${most} lines`));

/** What a type of partner does with us, what it gains, and the small step to begin with. */
const PartnerValue = z.object({ type: PartnerType, they: z.string().min(1), gain: z.string().min(1), firstStep: z.string().min(1) });
type PartnerValue = z.infer<typeof PartnerValue>;

/** What may be said about us in letters of one language, in words that a manager approved. */
export const LetterFacts = z.object({
  sells: z.string(),
  customers: z.string(),
  values: z.array(PartnerValue),
  /** Facts about us, a sentence each. */
  proof: z.array(z.string()),
  /** Who may be named, such as `Northgate Physio (customer)`. */
  mayName: z.array(z.string()),
  /** What the sender is with us; empty where letters do not say it. */
  role: z.string(),
});
export type LetterFacts = z.infer<typeof LetterFacts>;

/** What letters may say about us, by the ids that their sentences name as grounds. `type`: of which type of partner; null for all. Where a language has no
 *  texts of its own, what set-up says of the company stands; our regions are those of set-up in all. */
export function groundsOfUs(
  own: Pick<OwnCompany, 'sells' | 'customers' | 'regions'> | null,
  facts: LetterFacts | null,
  type: PartnerType | null,
): Record<string, string> {
  const { sells = '', customers = '' } = facts ?? own ?? {};
  const values = (facts?.values ?? []).filter((value) => type === null || value.type === type);
  const { proof = [], mayName = [], role = '' } = facts ?? {};
  const said = {
    'setup.sells': sells,
    'setup.customers': customers,
    'setup.regions': own?.regions ?? '',
    'setup.value': values.flatMap(({ they, gain }) => [they, gain]).join('; '),
    'setup.firstStep': values.map(({ firstStep }) => firstStep).join('; '),
    'setup.mayName': mayName.join('; '),
    'setup.role': role,
    ...Object.fromEntries(proof.map((fact, place) => [`setup.proof.${place}`, fact])),
  };
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text));
}

export const VALUE_PARTS = ['they', 'gain', 'firstStep'] as const;
export const valueField = (type: PartnerType, part: (typeof VALUE_PARTS)[number]) => `${part}-${type}`;

/** As the form gives them: what a type does, gains and begins with are all given, or none. */
export const LetterFactsGiven = z
  .object({
    sells: z.string('Say what you sell').trim().min(10, 'Say in a sentence what you sell').max(300, 'Shorten this to 300 characters'),
    customers: z.string('Say who buys it').trim().min(5, 'Say in a few words who buys it').max(300, 'Shorten this to 300 characters'),
    proof: lines(8, 200),
    mayName: lines(20, 100),
    role: text(80),
  })
  .catchall(text(200))
  .transform(({ sells, customers, proof, mayName, role, ...typed }, context): LetterFacts => {
    const values = PARTNER_TYPES.flatMap((type): PartnerValue[] => {
      const [they = '', gain = '', firstStep = ''] = VALUE_PARTS.map((part) => typed[valueField(type, part)] ?? '');
      const missing = VALUE_PARTS.filter((_, place) => ![they, gain, firstStep][place]);
      if (missing.length === VALUE_PARTS.length) return [];
      for (const part of missing)
        context.addIssue({ code: 'custom', path: [valueField(type, part)], message: 'Give all three of a type, or none' });
      return missing.length === 0 ? [{ type, they, gain, firstStep }] : [];
    });
    return { sells, customers, values, proof, mayName, role };
  });
