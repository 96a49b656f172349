import type { OwnCompany, Sender } from '../../programme/setup/programme.ts';
import { ruleFor } from '../policy/country-policy.ts';
import type { Draft } from './draft.ts';
import { FOOTER_WORDS } from './footer-words.ts';

/** Who writes, from where, how to say no, and with a first message what data protection law wants told: who we are, why we write, on what
 *  basis, whence the address and which rights there are, the right to object apart from the rest (GDPR Art. 14 and 21). In the language of
 *  the message. Part of the text that is approved. */
export function footerOf(
  { contact, kind, optOutToken, language }: Pick<Draft, 'contact' | 'kind' | 'optOutToken' | 'language'>,
  own: Pick<OwnCompany, 'name'>,
  sender: Sender,
  publicUrl: string | null,
): string {
  const words = FOOTER_WORDS[language];
  const source = contact.source.replace(/[.\s]+$/, '');
  const stop = words.stop(publicUrl ? `${publicUrl}/optout/${optOutToken}` : null);
  const notice =
    kind === 'first' && ruleFor(contact.country).firstContactNotice
      ? [`${words.notice(own.name, contact.basis === 'consent')} ${words.rights}`, words.object]
      : [];
  return [`${sender.name}\n${own.name}\n${sender.postalAddress}`, `${words.source(source)} ${stop}`, ...notice].join('\n\n');
}
