import { shortenText } from '../../programme/companies/clean-text.ts';
import type { Company } from '../../programme/companies/company.ts';
import { type ContactSource, contactAddress } from '../../programme/contacts/contact.ts';
import { listContacts } from '../../programme/contacts/contact-repository.ts';
import { DELETED_ADDRESS } from '../../programme/privacy/whom.ts';
import { listSilenced } from '../../programme/suppression/suppression-repository.ts';
import { countryOf } from '../policy/countries.ts';
import { nameOfWriter, pointedTo } from '../replies/reply.ts';
import { listReplies } from '../replies/reply-repository.ts';
import type { Draft } from './draft.ts';

/** Somebody at a company who may be written to, as far as it is known: what is empty or null the person who drafts has to say. */
export type SuggestedContact = {
  name: string;
  email: string;
  role: string;
  /** ISO code. */
  country: string | null;
  source: ContactSource;
  at: Date;
  /** The reply that names them, and who wrote it. */
  namedBy: { replyId: string; name: string; at: Date } | null;
};

/** First whom their last reply points to, without a name where it could not be read, then the people on file, last of all who was written to last; nobody on the suppression list. */
export async function suggestContacts({ workspaceId, id, locations }: Company, sent: Draft | null): Promise<SuggestedContact[]> {
  const [named, onFile] = await Promise.all([namedInReply(workspaceId, sent), listContacts(workspaceId, id)]);
  const here = countryOf(locations);
  const people = onFile.map(({ name, email, role, country, source, at }) => {
    return { name, email, role, country: country === '' ? here : countryOf([country]), source, at, namedBy: null };
  });
  const known =
    named && people.find(({ name, email }) => email === named.email || (named.email === '' && name !== '' && sameName(name, named.name)));
  const first = named ? [known ? { ...known, namedBy: named.namedBy } : { ...named, country: here }] : [];
  const others = people.filter((person) => person !== known && person.email !== sent?.contact.email);
  const before = sent && sent.contact.email !== DELETED_ADDRESS ? [writtenTo(sent)] : [];
  const silenced = await listSilenced(
    workspaceId,
    [...first, ...before].map(({ email }) => email),
  );
  return [...first.filter(({ email }) => !silenced.has(email)), ...others, ...before.filter(({ email }) => !silenced.has(email))];
}

function writtenTo({ contact: { name, email, country }, decidedBy, startedBy, sentAt, updatedAt }: Draft): SuggestedContact {
  return { name, email, country, role: '', source: { kind: 'typed', by: decidedBy ?? startedBy }, at: sentAt ?? updatedAt, namedBy: null };
}

/** Whom a reply names that a person alone can read. */
const NOBODY = { name: '', email: '' };

async function namedInReply(workspaceId: string, sent: Draft | null): Promise<Omit<SuggestedContact, 'country'> | null> {
  if (!sent) return null;
  const replies = await listReplies(workspaceId, sent.threadId);
  const [newest] = replies
    .flatMap((reply) => {
      const to = pointedTo(reply) ?? (reply.kind === 'wrong-person' ? NOBODY : null);
      return to ? [{ reply, to }] : [];
    })
    .sort((a, b) => b.reply.receivedAt.getTime() - a.reply.receivedAt.getTime());
  if (!newest) return null;
  const { reply, to } = newest;
  const { id: replyId, receivedAt: at } = reply;
  const person = { name: shortenText(to.name, 100).text, email: contactAddress(to.email) ?? '', role: '' };
  return { ...person, source: { kind: 'reply', replyId }, at, namedBy: { replyId, name: nameOfWriter(reply), at } };
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
