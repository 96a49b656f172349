import { z } from 'zod';
import { cleanText, shortenText } from '../companies/clean-text.ts';

/** Longest texts that are kept, in characters. */
const MAX = { email: 200, name: 100, role: 100, country: 60 } as const;

/** A company has few people to write to; a list that names more is a directory. */
export const MOST_LISTED = 100;

/** How we came by an address. `line` counts from 1; `said` is what the file itself says of where it is from; `by` is a Slack user id. */
export const ContactSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), file: z.string(), line: z.number().int(), said: z.string().optional() }),
  z.object({ kind: z.literal('typed'), by: z.string() }),
  z.object({ kind: z.literal('reply'), replyId: z.string() }),
]);
export type ContactSource = z.infer<typeof ContactSource>;
export const CONTACT_SOURCES = ContactSource.options.map((option) => option.shape.kind.value);

/** A person at a company. Empty text is unknown. */
export const Contact = z.object({
  workspaceId: z.string(),
  companyId: z.string(),
  /** As `contactAddress` gives it; once in a company. */
  email: z.string(),
  name: z.string(),
  /** What they do there, such as “Head of Sales”. */
  role: z.string(),
  /** As it was written: a name or a code. */
  country: z.string(),
  source: ContactSource,
  at: z.date(),
});
export type Contact = z.infer<typeof Contact>;
export type NewContact = Omit<Contact, 'workspaceId' | 'companyId'>;

/** One e-mail address in lower case, as mail is sent to it; null for anything else. */
export function contactAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase();
  const email = z.email().max(MAX.email).safeParse(bare);
  return email.success ? email.data : null;
}

/** A contact from outside text: every part on one line and no longer than is kept; null without a usable address. What is too long for a
 *  name, a role or a country is none. */
export function readContact(
  given: { email: string; name: string; role: string; country: string },
  source: ContactSource,
  at: Date,
): NewContact | null {
  const email = contactAddress(given.email);
  if (!email) return null;
  const part = (text: string, max: number) => {
    const { text: kept, cut } = shortenText(cleanText(text), max);
    return cut ? '' : kept;
  };
  return {
    email,
    name: part(given.name, MAX.name),
    role: part(given.role, MAX.role),
    country: part(given.country, MAX.country),
    source,
    at,
  };
}
