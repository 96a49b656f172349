import { ruleFor } from '../policy/country-policy.ts';
import type { OwnCompany, Sender } from '../programme/programme.ts';
import type { Draft } from './draft.ts';

/** Who writes, from where, how to say no, and with a first message what data protection law wants told: who we are, why we write, on what
 *  basis, whence the address and which rights there are (GDPR Art. 14 and 21). Part of the text that is approved. */
export function footerOf(
  { contact, kind, optOutToken }: Pick<Draft, 'contact' | 'kind' | 'optOutToken' | 'language'>,
  own: Pick<OwnCompany, 'name'>,
  sender: Sender,
  publicUrl: string | null,
): string {
  const source = contact.source.replace(/[.\s]+$/, '');
  const optOut = `If you would rather not hear from us, answer “stop”${publicUrl ? ` or open ${publicUrl}/optout/${optOutToken}` : ''} and we will not write again.`;
  const notice =
    kind === 'first' && ruleFor(contact.country).firstContactNotice
      ? `Why you get this: ${own.name} keeps your name and business address to ask about a partnership, on the basis of ${contact.basis === 'consent' ? 'your consent' : 'our legitimate interest'}. You may ask for a copy, a correction or deletion, and you may object to this at any time: we then stop at once.`
      : '';
  return [`${sender.name}\n${own.name}\n${sender.postalAddress}`, `Your address is from: ${source}. ${optOut}`, notice]
    .filter(Boolean)
    .join('\n\n');
}
