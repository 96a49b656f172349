import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CODED, holdsEncodedWord, isOneLine, ONE_LINE } from '../../programme/setup/header-text.ts';
import { isProperName, NAMED, ORIGINS, webAddressIn } from '../notice/origin.ts';
import { Country } from '../policy/countries.ts';
import { BASES, RECIPIENTS } from '../policy/country-policy.ts';
import { Language, Manner } from '../writing/writing.ts';
import { DraftNote } from './draft-note.ts';

const contactFields = {
  name: z.string('Give the name').trim().min(2, 'Give the person’s name').max(100, 'Shorten the name').refine(isOneLine, 'Use one line'),
  email: z
    .email('Give one e-mail address, such as dana@example.com')
    .max(200)
    .transform((email) => email.toLowerCase()),
  /** Where the mailbox's owner is; its law decides. */
  country: Country,
  basis: z.enum(BASES, 'Say how we came by the address'),
  recipient: z.enum(RECIPIENTS, 'Say whose mailbox it is'),
  /** Absent where it was named before the product asked. */
  origin: z.enum(ORIGINS, 'Say where the address is from').optional(),
  /** The page, the name of the fair or the network, the card, the person; with `consent`, how and when they agreed: the proof. */
  source: z.string('Say which one').trim().min(2, 'Say more about where the address is from').max(300),
};

/** Who is written to, where the address was found and how: European and Canadian law ask for the source. */
export const Contact = z.object(contactFields).superRefine(({ basis, source }, context) => {
  if (basis === 'consent' && source.length < 15)
    context.addIssue({ code: 'custom', path: ['source'], message: 'Say how and when they agreed: this is the proof' });
});
export type Contact = z.infer<typeof Contact>;
/** As it is typed. What is stored from before is still read, and refused when it is to leave. The recipient is told the origin, and of `source` what
 *  `originToTell` lets through, so that what must be told has to be there. */
export const NewContact = Contact.refine(({ name }) => !holdsEncodedWord(name), { path: ['name'], message: CODED }).superRefine(
  ({ basis, origin, source }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (!origin) return wrong('origin', 'Say where the address is from');
    if (basis === 'consent' || webAddressIn(source)) return;
    if (origin === 'website') return wrong('source', 'Give the web address of the page');
    if (NAMED.includes(origin) && !isProperName(source)) wrong('source', 'Give its name alone, or its web address: the message says it');
  },
);

/** As it is stored. The country is null where it was named before the product asked for it: nothing leaves until a person says it. */
export const StoredContact = z.object({ ...contactFields, country: Country.nullable() });
export type StoredContact = z.infer<typeof StoredContact>;

/** A statement in the text and the stored facts it rests on. */
export const Claim = z.object({
  text: z.string(),
  evidence: z.array(z.object({ field: z.string(), value: z.string(), source: z.string(), at: z.date() })),
});
export type Claim = z.infer<typeof Claim>;

/** Text as a person may edit it, without the footer. 3,000 characters is what one Slack input holds. */
export const DraftText = z.object({
  subject: z
    .string('Write a subject')
    .trim()
    .min(3, 'Write a subject')
    .max(150, 'Shorten the subject')
    .refine(isOneLine, ONE_LINE)
    .refine((subject) => !holdsEncodedWord(subject), CODED),
  body: z.string('Write the message').trim().min(20, 'Write the message').max(3000, 'Shorten the message to 3,000 characters'),
});
export type DraftText = z.infer<typeof DraftText>;

/** writing → waiting → approved → sending → sent. `failed` and `unknown` are for a person to decide, as `waiting` is. From `sending` it
 *  goes back to `approved` when it certainly did not leave and may be tried again. */
export const DraftStatus = z.enum(['writing', 'waiting', 'approved', 'sending', 'sent', 'failed', 'unknown', 'rejected']);
export type DraftStatus = z.infer<typeof DraftStatus>;
/** Where a person may approve, edit or reject. */
export const DECIDABLE = ['waiting', 'failed', 'unknown'] as const satisfies DraftStatus[];

/** `first` and `follow-up` are touches of a thread and counted; `answer` replies to somebody who wrote to us. */
export const DRAFT_KINDS = ['first', 'follow-up', 'answer'] as const;
export const DraftKind = z.enum(DRAFT_KINDS);
export type DraftKind = z.infer<typeof DraftKind>;

/** A person's single-use word that exactly this message may leave. */
export const Approval = z.object({
  id: z.string(),
  /** `contentHash` of the message as it was shown. */
  hash: z.string(),
  by: z.string(),
  at: z.date(),
  expiresAt: z.date(),
});
export type Approval = z.infer<typeof Approval>;
/** An approval that was not used lapses. Source: promise 1. */
export const APPROVAL_HOURS = 72;
/** A text that nobody approved lapses. Source: README, "How approval works". */
export const DRAFT_DAYS = 14;

/** The worker that is sending. `handedAt`: from here on the mail may have left, so nobody else may try. */
export const SendClaim = z.object({
  /** Rises with every claim; a worker whose number is no longer the draft's has lost it. */
  fence: z.number().int(),
  leaseUntil: z.date(),
  handedAt: z.date().nullable(),
});
export type SendClaim = z.infer<typeof SendClaim>;

/** Why an approved message has not left yet, and when it may. */
export const Hold = z.object({
  why: z.enum(['hours', 'mailbox-cap', 'workspace-cap', 'touch-distance', 'retry']),
  until: z.date(),
  /** For `retry`: what the mail server said. */
  said: z.string().default(''),
});
export type Hold = z.infer<typeof Hold>;

/** An attempt of unknown fate: the mail may have left at this time, with this Message-ID, to this address. `cleared`: a person has looked and
 *  says that it did not. */
export const Doubt = z.object({ messageId: z.string(), to: z.string(), at: z.date(), cleared: z.boolean() });
export type Doubt = z.infer<typeof Doubt>;

export const PolicyStamp = z.object({ version: z.string(), country: z.string(), rule: z.string(), legalBasis: z.string() });

/** What a person can ask of a text that nobody has decided on. `again`: it lapsed, write it from what is on file now. */
export const REWRITES = ['shorter', 'warmer', 'angle', 'again'] as const;
export const Rewrite = z.enum(REWRITES);
export type Rewrite = z.infer<typeof Rewrite>;

/** The writer's own text before any person's hand, which of several it is, and who asked for it to be written otherwise. */
export const Written = z.object({
  subject: z.string(),
  body: z.string(),
  manner: Manner,
  asked: z.object({ how: Rewrite, by: z.string(), at: z.date() }).nullable(),
});
export type Written = z.infer<typeof Written>;

/** Characters of a reply that a writer sees. */
export const MOST_ANSWERED = 10_000;

export const Draft = z.object({
  id: z.string(),
  workspaceId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  /** The conversation it belongs to. */
  threadId: z.string(),
  kind: DraftKind,
  /** 1 to 3 for touches; 0 for answers. */
  touch: z.number().int(),
  /** Message-IDs without angle brackets, oldest first: what it answers comes last. Empty for the first message. */
  references: z.array(z.string()),
  /** For an answer: the text it replies to, and how that was understood: as what, by which sentence, until which day they put it off, whom they name.
   *  Outside text. */
  answers: z
    .object({
      text: z.string(),
      understoodAs: z.string(),
      at: z.date(),
      sentence: z.string().default(''),
      until: z.date().nullable().default(null),
      named: z.string().nullable().default(null),
    })
    .nullable(),
  /** For a first message to somebody whom a reply of their company named: that reply. */
  pointedBy: z.string().optional(),
  /** Rises with every edit and every failed attempt, so that a click on an older card decides nothing. */
  version: z.number().int(),
  status: DraftStatus,
  contact: StoredContact,
  sender: z.object({ name: z.string(), address: z.string() }),
  language: Language,
  subject: z.string(),
  body: z.string(),
  /** Who writes, how to say no and what the law adds; made by us, part of what is approved and sent, not editable. */
  footer: z.string(),
  /** The words of the page that the footer leads to, approved with it; empty where the law asks for none or they stand in the footer. */
  notice: z.string().default(''),
  /** The same in English, for an approver, when `language` is another. */
  english: z.string(),
  claims: z.array(Claim),
  /** Null until it is written. What people change in it teaches the house style. */
  written: Written.nullable(),
  writer: z.enum(['model', 'offline', 'person']).nullable(),
  note: DraftNote.nullable(),
  /** Names the recipient in opt-out links; a new one for every new address. */
  optOutToken: z.string(),
  startedBy: z.string(),
  startedAt: z.date(),
  /** When the text was written or changed last; it lapses `DRAFT_DAYS` later. */
  writtenAt: z.date(),
  editedBy: z.string().nullable(),
  approval: Approval.nullable(),
  /** The last decision or outcome and who is behind it. */
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  /** Of the last attempt that was begun and not given up before anything was handed over. */
  messageId: z.string().nullable(),
  doubts: z.array(Doubt),
  /** When it left; null until it is sent. */
  sentAt: z.date().nullable(),
  claim: SendClaim.nullable(),
  hold: Hold.nullable(),
  /** A manager let it leave in spite of a hold. */
  releasedBy: z.string().nullable(),
  /** Attempts that the mail server put off. */
  attempts: z.number().int(),
  /** Under which rule it left, and what the server answered. */
  policy: PolicyStamp.nullable(),
  response: z.string(),
  updatedAt: z.date(),
});
export type Draft = z.infer<typeof Draft>;

/** Whether it may have left already, as far as anybody knows: then its text and its recipient stay what they were. */
export function isInDoubt({ doubts }: Pick<Draft, 'doubts'>): boolean {
  return doubts.some(({ cleared }) => !cleared);
}

/** The Message-ID of the last attempt that may have left. */
export function lastDoubted({ doubts }: Pick<Draft, 'doubts'>): string | null {
  return doubts.at(-1)?.messageId ?? null;
}

/** The text as it leaves. */
export function messageText({ body, footer }: Pick<Draft, 'body' | 'footer'>): string {
  return footer ? `${body}\n\n${footer}` : body;
}

/** The part of a message's head that mail programs would show otherwise than it was approved; null for none. A company's name reaches the subject
 *  without anybody typing it. */
export function codedPart({
  sender,
  contact,
  subject,
}: Pick<Draft, 'sender' | 'contact' | 'subject'>): 'sender' | 'contact' | 'subject' | null {
  if (holdsEncodedWord(sender.name)) return 'sender';
  if (holdsEncodedWord(contact.name)) return 'contact';
  return holdsEncodedWord(subject) ? 'subject' : null;
}

/** SHA-256 over recipient, sender, subject, text and the page that belongs to it, if there is one. Each part is length-prefixed by JSON, so no two
 *  messages share an input. */
export function contentHash(
  message: Pick<Draft, 'sender' | 'subject' | 'body' | 'footer' | 'notice'> & { contact: { name: string; email: string } },
): string {
  const { contact, sender, subject, notice } = message;
  const parts = [contact.name, contact.email, sender.name, sender.address, subject, messageText(message), ...(notice ? [notice] : [])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
