import type { OwnCompany, Sender } from '../../programme/setup/programme.ts';
import { noticeText, sourceSentence } from '../notice/notice.ts';
import { NOTICE_WORDS } from '../notice/notice-words.ts';
import { ruleFor } from '../policy/country-policy.ts';
import type { Language } from '../writing/writing.ts';
import type { Draft } from './draft.ts';

/** Who writes, from where, where the address is from and how to say no, in the language of the message. With a first message data protection law wants
 *  more told (GDPR Art. 14 and 21): on a page of ours that the footer leads to, or all of it in the footer where the app has no public address.
 *  Both are part of what is approved. */
export function footerAndNotice(
  { contact, kind, optOutToken, language }: Pick<Draft, 'contact' | 'kind' | 'optOutToken' | 'language'>,
  own: Pick<OwnCompany, 'name'>,
  sender: Sender,
  publicUrl: string | null,
): Pick<Draft, 'footer' | 'notice'> {
  const words = FOOTER_WORDS[language];
  const head = `${sender.name}\n${own.name}\n${sender.postalAddress}`;
  const source = sourceSentence(contact, language);
  const optOutUrl = publicUrl && `${publicUrl}/optout/${optOutToken}`;
  if (kind !== 'first' || !ruleFor(contact.country).firstContactNotice)
    return { footer: [head, `${source} ${words.stop(optOutUrl)}`].join('\n\n'), notice: '' };
  if (optOutUrl) {
    const { page, object } = NOTICE_WORDS[language];
    const lines = [head, `${source} ${page(`${publicUrl}/notice/${optOutToken}`)}`, object(optOutUrl)];
    return { footer: lines.join('\n\n'), notice: noticeText(contact, language, own, sender) };
  }
  const notice = `${words.notice(own.name, contact.basis === 'consent')} ${words.rights}`;
  return { footer: [head, `${source} ${words.stop(null)}`, notice, words.object].join('\n\n'), notice: '' };
}

/** What stands under a message. `address` is where a click says no, when the app has a public address. */
type FooterWords = {
  stop: (address: string | null) => string;
  /** Who keeps what, for what and on what basis. Source: GDPR Art. 14(1), (2). */
  notice: (own: string, byConsent: boolean) => string;
  rights: string;
  /** Apart from everything else, as GDPR Art. 21(4) wants it. */
  object: string;
};

const FOOTER_WORDS: Record<Language, FooterWords> = {
  en: {
    stop: (address) =>
      `If you would rather not hear from us, answer “stop”${address ? ` or open ${address}` : ''} and we will not write again.`,
    notice: (own, byConsent) =>
      `Why you get this: ${own}, at the address above, keeps your name and business address to ask about a partnership. The legal basis is ${byConsent ? 'your consent (GDPR Art. 6(1)(a)), which you can withdraw at any time' : 'our legitimate interest in finding partners (GDPR Art. 6(1)(f))'}.`,
    rights:
      'You may ask us for a copy, a correction or the deletion of what we keep, or that we use it less, and you may complain to a data protection authority.',
    object:
      'Your right to object: you may object to this use of your data at any time and without a reason. Answer “stop”, and we stop at once.',
  },
  de: {
    stop: (address) =>
      `Wenn Sie lieber nichts von uns hören möchten, antworten Sie mit „stop“${address ? ` oder öffnen Sie ${address}` : ''}, dann schreiben wir nicht wieder.`,
    notice: (own, byConsent) =>
      `Warum Sie das bekommen: ${own}, Anschrift wie oben, bewahrt Ihren Namen und Ihre geschäftliche Adresse auf, um nach einer Partnerschaft zu fragen. Rechtsgrundlage ist ${byConsent ? 'Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO), die Sie jederzeit widerrufen können' : 'unser berechtigtes Interesse, Partner zu finden (Art. 6 Abs. 1 Buchst. f DSGVO)'}.`,
    rights:
      'Sie können Auskunft, Berichtigung, Löschung oder eine eingeschränkte Verarbeitung verlangen und sich bei einer Datenschutzbehörde beschweren.',
    object:
      'Ihr Widerspruchsrecht: Sie können dieser Verwendung Ihrer Daten jederzeit und ohne Begründung widersprechen. Antworten Sie mit „stop“, dann hören wir sofort auf.',
  },
  fr: {
    stop: (address) =>
      `Si vous préférez ne plus avoir de nos nouvelles, répondez «\u00a0stop\u00a0»${address ? ` ou ouvrez ${address}` : ''}\u00a0: nous n’écrirons plus.`,
    notice: (own, byConsent) =>
      `Pourquoi ce message\u00a0: ${own}, à l’adresse ci-dessus, conserve votre nom et votre adresse professionnelle pour vous proposer un partenariat. La base légale est ${byConsent ? 'votre consentement (art. 6, par. 1, point a) du RGPD), que vous pouvez retirer à tout moment' : 'notre intérêt légitime à trouver des partenaires (art. 6, par. 1, point f) du RGPD)'}.`,
    rights:
      'Vous pouvez demander l’accès à ces données, leur rectification, leur effacement ou la limitation de leur usage, et saisir une autorité de protection des données.',
    object:
      'Votre droit d’opposition\u00a0: vous pouvez vous opposer à cet usage de vos données à tout moment et sans motif. Répondez «\u00a0stop\u00a0», et nous arrêtons aussitôt.',
  },
  es: {
    stop: (address) =>
      `Si prefiere no saber más de nosotros, responda «stop»${address ? ` o abra ${address}` : ''} y no volveremos a escribirle.`,
    notice: (own, byConsent) =>
      `Por qué recibe esto: ${own}, en la dirección de arriba, guarda su nombre y su dirección profesional para proponerle una colaboración. La base jurídica es ${byConsent ? 'su consentimiento (art. 6.1.a del RGPD), que puede retirar en cualquier momento' : 'nuestro interés legítimo en encontrar socios (art. 6.1.f del RGPD)'}.`,
    rights:
      'Puede pedirnos el acceso a estos datos, su rectificación, su supresión o la limitación de su uso, y reclamar ante una autoridad de protección de datos.',
    object:
      'Su derecho de oposición: puede oponerse a este uso de sus datos en cualquier momento y sin motivo. Responda «stop» y lo dejamos de inmediato.',
  },
};
