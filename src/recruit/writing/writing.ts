import type { Evidence } from '../../discover/fit/fit.ts';
import type { Company } from '../../programme/companies/company.ts';
import type { PartnerType } from '../../programme/setup/partner-type.ts';
import type { OwnCompany, Sender } from '../../programme/setup/programme.ts';
import type { Language } from './language.ts';
import type { Manner, Replacement } from './manner.ts';

/** A statement about the company and the stored facts it rests on. */
export type Claim = { text: string; evidence: Evidence[] };

/** One of our messages that has left in the same thread. */
export type Earlier = Pick<WrittenText, 'subject' | 'body'>;

/** All that a writer may know. `earlier` are our messages of the thread, oldest first; `answers` is what they wrote, and how that was
 *  understood: outside text. */
export type WritingInput = {
  own: OwnCompany;
  sender: Pick<Sender, 'name'>;
  company: Company;
  contact: { name: string };
  type: PartnerType;
  kind: 'first' | 'follow-up' | 'answer';
  /** 1 to 3 for touches of a thread, 0 for answers. */
  touch: number;
  language: Language;
  manner: Manner;
  replacements: readonly Replacement[];
  earlier: readonly Earlier[];
  answers: { text: string; understoodAs: string } | null;
};

/** A text with what it claims of the company; `english` is the body in English when `language` is another, for whoever approves. */
export type WrittenText = { subject: string; body: string; english: string; claims: Claim[] };
