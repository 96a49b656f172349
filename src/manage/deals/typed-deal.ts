import { z } from 'zod';
import { moneyWords, readMoney } from '../../platform/money.ts';
import { cleanText } from '../../programme/companies/clean-text.ts';
import { isFreeMail, registrableDomain } from '../../programme/companies/domain-name.ts';
import { Country, countryName } from '../../recruit/policy/countries.ts';
import { placeIn } from '../conflicts/account.ts';
import type { DealQuestion } from '../deal-rules/deal-questions.ts';
import type { ExtraField } from '../deal-rules/deal-rules.ts';
import type { Deal, TypedDeal } from './deal.ts';
import { readDealLines } from './deal-lines.ts';

/** Letters of a note. */
export const MOST_NOTE = 1000;
/** Slack takes no longer text in one field. */
const LONGEST = 3000;

const ABOVE_ZERO = 'Give a value above 0, such as 12,000 EUR: what you expect, a guess is enough';

/** What a form says once it is in order. What it did not ask is null, or empty. */
export type NewDeal = Pick<Deal, 'company' | 'country' | 'value' | 'closeOn' | 'note'> & {
  lines?: Deal['lines'];
  extra?: Deal['extra'];
  /** The customer's domain, or a place of a unit in it such as `health.example.com`; null where none was given, and the check asks for it. */
  website: string | null;
};

/** A form that is in order, or what to change beside each field. */
export type ReadDeal = { said: NewDeal; wrong: null } | { said: null; wrong: Record<string, string> };

/** Reads what was typed in answer to these questions. `at` is now, UTC. */
export function readDeal(typed: TypedDeal, questions: readonly DealQuestion[], at: Date): ReadDeal {
  const asked = new Set(questions.map(({ name }) => name));
  const wrong: Record<string, string> = {};
  function take<Value>(name: string, schema: z.ZodType<Value>, unasked: Value): Value {
    if (!asked.has(name)) return unasked;
    const read = schema.safeParse(typed[name]?.trim() ? typed[name] : undefined);
    if (read.success) return read.data;
    wrong[name] = read.error.issues[0]?.message ?? 'Say this in another way';
    return unasked;
  }
  const said: NewDeal = {
    company: take('company', company, ''),
    website: take('website', CustomerDomain, null),
    country: take('country', Country, null),
    value: take(
      'value',
      money('Give the value you expect').refine(({ minor }) => minor > 0, ABOVE_ZERO),
      null,
    ),
    closeOn: take('closeOn', dayOfClosing(at), null),
    lines: take('lines', lines, []),
    note: take('note', upTo(MOST_NOTE, 'A note').default(''), ''),
  };
  const extras = questions.flatMap((one) => (one.kind === 'extra' ? [one.field] : []));
  const answers = extras.map((field) => [field.id, take(field.id, answerTo(field), '')] as const);
  if (extras.length > 0) said.extra = Object.fromEntries(answers.filter(([, answer]) => answer !== ''));
  return Object.keys(wrong).length > 0 ? { said: null, wrong } : { said, wrong: null };
}

/** Refuses what is longer, and says by how much: nothing is cut. */
function upTo(most: number, what: string, missing?: string) {
  return z
    .string(missing)
    .trim()
    .superRefine((text, context) => {
      if (text.length <= most) return;
      const [allowed, has] = [most, text.length].map((number) => number.toLocaleString('en'));
      context.addIssue({ code: 'custom', message: `${what} has at most ${allowed} characters, and this has ${has}: shorten it` });
    });
}

const company = upTo(200, 'A name', 'Name the customer')
  .transform(cleanText)
  .refine((name) => name.length >= 2, 'Name the customer’s company');

/** The customer’s domain, or the place of a unit in it, of a website or a mail address of theirs; null for none. */
export const CustomerDomain = z
  .string()
  .trim()
  .transform((typed, context) => {
    const address = typed.replace(/^[^\s/@:]+@/, '');
    const found = registrableDomain(address);
    const wrong =
      'problem' in found
        ? 'Give the customer’s website, such as example.com, or an e-mail address of theirs. Leave it empty if you do not know'
        : isFreeMail(found.domain) && 'Anybody can have a mailbox there: give the customer’s own website, or leave it empty';
    if (!wrong && 'domain' in found) return placeIn(address) ?? found.domain;
    context.addIssue({ code: 'custom', message: wrong || 'Give the customer’s website' });
    return z.NEVER;
  })
  .optional()
  .transform((domain) => domain ?? null);

function money(missing: string) {
  return z.string(missing).transform((typed, context) => {
    const sum = readMoney(typed);
    if (sum) return sum;
    const [, code = ''] = /(?:^|[\d\s])([a-z]{3})(?:$|[\d\s])/i.exec(typed.trim()) ?? [];
    const isUnknown = code !== '' && /\d/.test(typed) && !readMoney(`1 ${code}`);
    const message = isUnknown
      ? `${code.toUpperCase()} is no currency. Give a number and a currency, such as 12,000 EUR`
      : 'Give a number and its currency, such as 12,000 EUR';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** The latest day that a deal may name. */
const LATEST_YEARS = 10;

function dayOfClosing(at: Date) {
  // It is yesterday somewhere still.
  const earliest = new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10);
  const latest = `${at.getUTCFullYear() + LATEST_YEARS}-12-31`;
  return z.iso
    .date('Choose the day on which you expect to close it')
    .refine((day) => day >= earliest, 'That day is over: choose one from today on')
    .refine((day) => day <= latest, `Choose a day in the next ${LATEST_YEARS} years`);
}

const lines = upTo(LONGEST, 'The list of products')
  .transform((text, context) => {
    const read = readDealLines(text);
    if ('lines' in read) return read.lines;
    context.addIssue({ code: 'custom', message: read.wrong });
    return z.NEVER;
  })
  .default([]);

/** Of one of the workspace's own questions, as it is shown; empty where it may stay so. */
function answerTo(field: ExtraField): z.ZodType<string> {
  const answer = answerOf(field);
  return field.required ? answer : answer.optional().transform((text) => text ?? '');
}

function answerOf({ kind, label, options }: ExtraField): z.ZodType<string, string> {
  const missing = `Answer this: ${label}`.slice(0, 150);
  switch (kind) {
    case 'text':
      return upTo(300, 'This answer', missing);
    case 'number':
      return z
        .string(missing)
        .trim()
        .regex(/^-?\d{1,15}(?:[.,]\d{1,2})?$/, 'Give a number without separators, such as 1200 or 12.5')
        .transform((number) => number.replace(',', '.'));
    case 'date':
      return z.iso.date(missing);
    case 'select':
      return z.string(missing).refine((chosen) => options.includes(chosen), 'Choose one from the list');
    case 'country':
      return Country.transform(countryName);
    case 'money':
      return money(missing).transform(moneyWords);
  }
}
