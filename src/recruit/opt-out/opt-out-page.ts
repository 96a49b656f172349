import { pageHeaders } from '../../platform/page-headers.ts';
import { LANGUAGES, type Language } from '../writing/writing.ts';

/** What a page says: `ask` has the button, the others have none. */
export type PageKind = 'ask' | 'done' | 'unknown' | 'too-large' | 'out-of-order';

type Words = { title: string; text: string };
/** `ADDRESS` stands for the masked address. */
const WORDS: Record<Language, Record<PageKind, Words> & { button: string }> = {
  en: {
    button: 'Stop all mail',
    ask: { title: 'No more mail?', text: 'Press the button, and we do not write to ADDRESS again.' },
    done: { title: 'Done', text: 'We do not write to ADDRESS again.' },
    unknown: {
      title: 'This link is not known',
      text: 'Perhaps a part of it is missing. Answer our mail with the word “stop”: that has the same effect.',
    },
    'too-large': { title: 'That was too long', text: 'Nothing was done. Answer our mail with the word “stop”: that works too.' },
    'out-of-order': {
      title: 'Out of order',
      text: 'We could not note this just now. Try again in a minute, or answer our mail with the word “stop”.',
    },
  },
  de: {
    button: 'Keine Mails mehr',
    ask: { title: 'Keine Mails mehr?', text: 'Ein Klick auf den Knopf, und wir schreiben nicht mehr an ADDRESS.' },
    done: { title: 'Erledigt', text: 'Wir schreiben nicht mehr an ADDRESS.' },
    unknown: {
      title: 'Dieser Link ist nicht bekannt',
      text: 'Vielleicht fehlt ein Teil davon. Antworten Sie auf unsere Mail mit dem Wort „stop“: Das bewirkt dasselbe.',
    },
    'too-large': { title: 'Das war zu lang', text: 'Es wurde nichts geändert. Antworten Sie auf unsere Mail mit dem Wort „stop“.' },
    'out-of-order': {
      title: 'Gerade gestört',
      text: 'Das konnten wir eben nicht festhalten. Versuchen Sie es in einer Minute noch einmal, oder antworten Sie auf unsere Mail mit „stop“.',
    },
  },
  fr: {
    button: 'Ne plus rien recevoir',
    ask: { title: 'Ne plus recevoir de messages ?', text: 'Appuyez sur le bouton, et nous n’écrirons plus à ADDRESS.' },
    done: { title: 'C’est fait', text: 'Nous n’écrirons plus à ADDRESS.' },
    unknown: {
      title: 'Ce lien est inconnu',
      text: 'Il en manque peut-être une partie. Répondez à notre message par le mot « stop » : l’effet est le même.',
    },
    'too-large': { title: 'C’était trop long', text: 'Rien n’a été changé. Répondez à notre message par le mot « stop ».' },
    'out-of-order': {
      title: 'Panne passagère',
      text: 'Nous n’avons pas pu l’enregistrer. Réessayez dans une minute, ou répondez à notre message par le mot « stop ».',
    },
  },
  es: {
    button: 'No recibir más correos',
    ask: { title: '¿No quiere recibir más correos?', text: 'Pulse el botón y no volveremos a escribir a ADDRESS.' },
    done: { title: 'Hecho', text: 'No volveremos a escribir a ADDRESS.' },
    unknown: {
      title: 'Este enlace no se conoce',
      text: 'Quizá le falte una parte. Responda a nuestro correo con la palabra «stop»: tiene el mismo efecto.',
    },
    'too-large': { title: 'Era demasiado largo', text: 'No se ha cambiado nada. Responda a nuestro correo con la palabra «stop».' },
    'out-of-order': {
      title: 'Avería pasajera',
      text: 'No hemos podido anotarlo. Inténtelo de nuevo en un minuto o responda a nuestro correo con la palabra «stop».',
    },
  },
};

const STYLE = `
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; width: 100%; max-width: 32rem; padding: 2rem 1.5rem; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; line-height: 1.3; }
p { margin: 0 0 1.5rem; overflow-wrap: anywhere; }
h2 ~ p { margin: 0 0 .75rem; }
button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: .4rem; background: #1f3a5f; color: #fff; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: #16304f; }
@media (prefers-color-scheme: dark) { button, .button, button:hover, .button:hover { background: #2f5f9e; } }
:focus-visible { outline: 3px solid #6ea8fe; outline-offset: 3px; }
`;

export const PAGE_HEADERS = pageHeaders(STYLE);

/** What the page's button says it is, in the body of its request. */
export const FROM_PAGE = { name: 'from', value: 'page' } as const;

/** The whole page. `address` is shown masked; pages that concern nobody have none. */
export function optOutPage(kind: PageKind, language: Language, address = ''): string {
  const { button, [kind]: words } = WORDS[language];
  const text = escapedHtml(words.text).replace('ADDRESS', `<strong>${escapedHtml(maskedAddress(address))}</strong>`);
  const form = `<form method="post"><button name="${FROM_PAGE.name}" value="${FROM_PAGE.value}">${escapedHtml(button)}</button></form>`;
  return pageOf(language, words.title, `<p>${text}</p>\n${kind === 'ask' ? form : ''}`);
}

/** The way to `optOutPage` from another page. */
export function optOutLink(href: string, language: Language): string {
  return `<p><a class="button" href="${escapedHtml(href)}">${escapedHtml(WORDS[language].button)}</a></p>`;
}

/** A page for recipients. `body` is markup; `title` is not. */
export function pageOf(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapedHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapedHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** The first letter and the domain: its owner knows it again, somebody the mail was passed on to does not learn it. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const shown = at > 2 ? address.slice(0, 1) : '';
  return `${shown}•••${address.slice(at)}`;
}

/** The first of a browser's languages that we know; English when it names none. `accepted` is an Accept-Language header. */
export function languageAccepted(accepted: string | undefined): Language {
  const asked = (accepted ?? '').slice(0, 200).toLowerCase().split(',');
  const known = asked.flatMap((one) => LANGUAGES.find((language) => one.trim().startsWith(language)) ?? []);
  return known[0] ?? 'en';
}

export function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
