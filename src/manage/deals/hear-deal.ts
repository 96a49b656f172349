import { type DealSaid, readDeal } from '../../../prompts/manage/read-deal.ts';
import type { Deps } from '../../deps.ts';
import { readMoney } from '../../platform/money.ts';
import { shortenText } from '../../programme/companies/clean-text.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { Country } from '../../recruit/policy/countries.ts';
import { customerDomain, type Heard, MOST_TEXT, readDealText } from './read-deal-text.ts';

/** Words that a field rests on are shown beside it; longer ones say nothing. */
const LONGEST_WORDS = 150;
/** A person waits for the form. */
const OUTPUT_TOKENS = 800;

type Whose = { name: string; domains: readonly string[] };

/** Reads a pasted or forwarded text for the form: by rules, and with a model where one is connected. Each field comes with the words it rests on, which
 *  stand in the text; what is not sure stays away. Instructions in the text are text. `partner` is null while nobody knows whose deal it is. */
export async function hearDeal(
  workspaceId: string,
  text: string,
  partner: Whose | null,
  { ask, now }: Pick<Deps, 'ask' | 'now'>,
): Promise<Record<string, Heard>> {
  const { company } = await getProgramme(workspaceId);
  const notTheirs = new Set([...(company ? [company.website] : []), ...(partner?.domains ?? [])]);
  const names = { us: company?.name ?? '', partner: partner?.name ?? '' };
  const at = now();
  const byRules = readDealText(text, { notTheirs, at });
  const input = { text: text.slice(0, MOST_TEXT), today: at.toISOString().slice(0, 10), ...names };
  // Without the model the rules fill what they can; why it failed is logged where it is asked.
  const said = await ask?.(readDeal, input, { outputTokens: OUTPUT_TOKENS, hear: () => undefined }).catch(() => null);
  const byModel = said ? groundedIn(text, said, { notTheirs, at, names }) : {};
  const heard = Object.entries({ ...byRules, ...byModel });
  return Object.fromEntries(
    heard.map(([name, { value, words }]) => [name, { value, words: shortenText(oneLine(words), LONGEST_WORDS).text }]),
  );
}

type Known = { notTheirs: ReadonlySet<string>; at: Date; names: { us: string; partner: string } };

/** Of a model's answer, what the text bears out: its words stand there, and they hold what was made of them. */
export function groundedIn(text: string, said: DealSaid, { notTheirs, at, names }: Known): Record<string, Heard> {
  const whole = oneLine(text);
  const read: Record<keyof DealSaid, (value: string, words: string) => string | null> = {
    company: (value, words) => (value.length <= 200 && words.includes(value) && !Object.values(names).includes(value) ? value : null),
    website: (value, words) => {
      const domain = customerDomain(value, notTheirs);
      return domain && words.toLowerCase().includes(domain) ? domain : null;
    },
    country: (value) => Country.safeParse(value).data ?? null,
    value: (value, words) => (isSumOf(value, words) ? value : null),
    closeOn: (value) => (isDayAhead(value, at) ? value : null),
  };
  const fields: (keyof DealSaid)[] = ['company', 'website', 'country', 'value', 'closeOn'];
  const found = fields.flatMap((name) => {
    const [value, words] = [oneLine(said[name].value), oneLine(said[name].words)];
    const taken = value && words && whole.includes(words) ? read[name](value, words) : null;
    return taken ? [[name, { value: taken, words }] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The digits that count, without zeros at the end: “1.2 million” holds those of 1,200,000. */
function isSumOf(value: string, words: string): boolean {
  const money = readMoney(value);
  if (!money || money.minor === 0) return false;
  return words.replace(/\D/g, '').includes(String(money.minor).replace(/0+$/, ''));
}

function isDayAhead(day: string, at: Date): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
  return time >= at.getTime() - 86_400_000 && time < at.getTime() + 10 * 366 * 86_400_000;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
