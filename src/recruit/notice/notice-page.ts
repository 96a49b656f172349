import { escapedHtml, optOutLink, pageOf } from '../opt-out/opt-out-page.ts';
import type { Language } from '../writing/writing.ts';
import { readNotice } from './notice.ts';

type Missing = 'unknown' | 'out-of-order';

/** Where there is no notice to show: a head and a sentence that says what helps. */
const MISSING: Record<Language, Record<Missing, readonly [title: string, text: string]>> = {
  en: {
    unknown: [
      'This link is not known',
      'Perhaps a part of it is missing, or what we kept was deleted. Answer our mail, and we tell you what we keep.',
    ],
    'out-of-order': ['Out of order', 'We could not look this up just now. Try again in a minute, or answer our mail.'],
  },
  de: {
    unknown: [
      'Dieser Link ist nicht bekannt',
      'Vielleicht fehlt ein Teil davon, oder was wir aufbewahrt haben, ist gelöscht. Antworten Sie auf unsere Mail, dann sagen wir Ihnen, was wir aufbewahren.',
    ],
    'out-of-order': [
      'Gerade gestört',
      'Das konnten wir eben nicht nachsehen. Versuchen Sie es in einer Minute noch einmal, oder antworten Sie auf unsere Mail.',
    ],
  },
  fr: {
    unknown: [
      'Ce lien est inconnu',
      'Il en manque peut-être une partie, ou ce que nous conservions a été effacé. Répondez à notre message, et nous vous dirons ce que nous conservons.',
    ],
    'out-of-order': [
      'Panne passagère',
      'Nous n’avons pas pu retrouver ces informations. Réessayez dans une minute, ou répondez à notre message.',
    ],
  },
  es: {
    unknown: [
      'Este enlace no se conoce',
      'Quizá le falte una parte, o se haya borrado lo que guardábamos. Responda a nuestro correo y le diremos qué guardamos.',
    ],
    'out-of-order': ['Avería pasajera', 'No hemos podido consultarlo ahora. Inténtelo de nuevo en un minuto o responda a nuestro correo.'],
  },
};

/** The page of a notice as `noticeText` wrote it; the button to object stands under its first part, which is the one about objecting. */
export function noticePage(notice: string, language: Language, optOutUrl: string): string {
  const { title, parts } = readNotice(notice);
  const shown = parts.map(({ heading, lines }, place) => {
    const said = lines.map((line) => `<p>${escapedHtml(line)}</p>`);
    return [`<h2>${escapedHtml(heading)}</h2>`, ...said, ...(place === 0 ? [optOutLink(optOutUrl, language)] : [])].join('\n');
  });
  return pageOf(language, title, shown.join('\n'));
}

export function noNoticePage(why: Missing, language: Language): string {
  const [title, text] = MISSING[language][why];
  return pageOf(language, title, `<p>${escapedHtml(text)}</p>`);
}
