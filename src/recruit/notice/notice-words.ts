import type { Language } from '../writing/writing.ts';
import type { ToldOrigin } from './origin.ts';

type Place = Exclude<ToldOrigin['from'], null>;

/** What is said of somebody's data: under a message, and on the page that the message leads to. */
type NoticeWords = {
  /** Where the address is from; `named` says which one, in brackets. */
  from: Record<Exclude<Place, 'given'>, string>;
  /** A whole sentence around it; the colon leads to what a person typed. */
  source: (from: string) => string;
  quoted: (source: string) => string;
  /** Whoever gave it themselves is told so. */
  given: string;
  /** Under a first message: the way to the page, and the way to object, which stands apart as GDPR Art. 21(4) wants it. No sign follows an address. */
  page: (address: string) => string;
  object: (address: string) => string;
  /** Head of the page, and its parts in order: a heading and what stands under it. Source: GDPR Art. 13 and 14. */
  title: string;
  parts: (facts: NoticeFacts) => readonly (readonly [heading: string, ...lines: string[]])[];
};

/** `source`: the sentence that the message has, too. */
type NoticeFacts = { own: string; place: string; sender: string; address: string; source: string; byConsent: boolean };

/** Promises what is done: `/partners privacy` exports as JSON and deletes, *Contact* on a draft corrects, `/partners optout` keeps and uses no more,
 *  and nothing is deleted by itself. What stays of a deletion: `forget-person.ts` and the list of silence. */
export const NOTICE_WORDS: Record<Language, NoticeWords> = {
  en: {
    from: {
      website: 'your website',
      register: 'a public register or directory',
      event: 'a fair or an event',
      network: 'a professional network',
      provider: 'a provider of company data',
      colleague: 'a colleague of yours',
      acquaintance: 'somebody we both know',
      page: 'a public web page',
      agreed: 'you, when you agreed that we write',
    },
    source: (from) => `We have your address from ${from}.`,
    quoted: (source) => `Where your address is from: ${source}.`,
    given: 'You gave us your address yourself.',
    page: (address) => `What we keep, and your rights: ${address}`,
    object: (address) => `You may object at any time, and we stop at once: answer “stop” or open ${address}`,
    title: 'What we keep about you, and your rights',
    parts: ({ own, place, sender, address, source, byConsent }) => [
      [
        'You may object',
        'You may object to this use of your data at any time and without a reason. Reply to our e-mail with the word “stop”, or use the button here and confirm, and we stop at once.',
      ],
      ['Who we are', `${own}, ${place}. ${sender} wrote to you. You can reach us at ${address}.`],
      [
        'What we keep',
        'Your name, your business e-mail address, your role and your country as far as we know them, where the address is from, our messages to you and your answers.',
        source,
      ],
      [
        'Why, and on what basis',
        byConsent
          ? 'To ask about a partnership between your company and ours. The legal basis is your consent (GDPR Art. 6(1)(a)). You can withdraw it at any time; what was done before stays lawful.'
          : 'To ask about a partnership between your company and ours. The legal basis is our legitimate interest in finding partners (GDPR Art. 6(1)(f)).',
      ],
      [
        'Who sees it',
        `The people at ${own} who look after partners, and providers who work for us: Slack, a mail provider and, where we use one, a provider of a language model.`,
      ],
      [
        'How long',
        'No day is fixed: it stays until it is deleted, which we do when you ask. After that we keep that a message left, when and under which rule, without its text and without your name; and as a rule a code made from your address, so that nobody writes to you again.',
      ],
      [
        'Your rights',
        'You may ask for a copy, also as a file that programs can read, for a correction, for the deletion of what we keep, or that we keep it and no longer use it. Reply to our e-mail: a person reads it and does it.',
        'You may also complain to a data protection authority.',
      ],
    ],
  },
  de: {
    from: {
      website: 'von Ihrer Website',
      register: 'aus einem öffentlichen Verzeichnis',
      event: 'von einer Messe oder Veranstaltung',
      network: 'aus einem beruflichen Netzwerk',
      provider: 'von einem Anbieter von Firmendaten',
      colleague: 'von jemandem aus Ihrem Unternehmen',
      acquaintance: 'von gemeinsamen Bekannten',
      page: 'von einer öffentlichen Webseite',
      agreed: 'von Ihnen, mit Ihrer Einwilligung',
    },
    source: (from) => `Ihre Adresse haben wir ${from}.`,
    quoted: (source) => `Woher wir Ihre Adresse haben: ${source}.`,
    given: 'Ihre Adresse haben Sie uns selbst gegeben.',
    page: (address) => `Was wir aufbewahren, und Ihre Rechte: ${address}`,
    object: (address) =>
      `Sie können jederzeit widersprechen, und wir hören sofort auf: Antworten Sie mit „stop“ oder öffnen Sie ${address}`,
    title: 'Was wir über Sie aufbewahren, und Ihre Rechte',
    parts: ({ own, place, sender, address, source, byConsent }) => [
      [
        'Sie können widersprechen',
        'Sie können dieser Verwendung Ihrer Daten jederzeit und ohne Begründung widersprechen. Antworten Sie auf unsere Mail mit dem Wort „stop“ oder nutzen Sie den Knopf hier und bestätigen Sie, dann hören wir sofort auf.',
      ],
      ['Wer wir sind', `${own}, ${place}. Geschrieben hat Ihnen ${sender}. Sie erreichen uns unter ${address}.`],
      [
        'Was wir aufbewahren',
        'Ihren Namen, Ihre geschäftliche E-Mail-Adresse, Ihre Aufgabe und Ihr Land, soweit wir sie kennen, woher die Adresse stammt, unsere Nachrichten an Sie und Ihre Antworten.',
        source,
      ],
      [
        'Warum, und auf welcher Grundlage',
        byConsent
          ? 'Um nach einer Partnerschaft zwischen Ihrem Unternehmen und unserem zu fragen. Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO). Sie können sie jederzeit widerrufen; was bis dahin geschah, bleibt rechtmäßig.'
          : 'Um nach einer Partnerschaft zwischen Ihrem Unternehmen und unserem zu fragen. Rechtsgrundlage ist unser berechtigtes Interesse, Partner zu finden (Art. 6 Abs. 1 Buchst. f DSGVO).',
      ],
      [
        'Wer es sieht',
        `Wer bei ${own} mit Partnern zu tun hat, und Anbieter, die für uns arbeiten: Slack, ein Maildienst und, wo wir eines verwenden, der Anbieter eines Sprachmodells.`,
      ],
      [
        'Wie lange',
        'Ein fester Tag ist nicht bestimmt: Es bleibt, bis es gelöscht wird, und das tun wir, wenn Sie es verlangen. Danach bewahren wir auf, dass eine Nachricht hinausging, wann und nach welcher Regel, ohne ihren Text und ohne Ihren Namen; dazu in der Regel einen Code, der aus Ihrer Adresse errechnet ist, damit Ihnen niemand mehr schreibt.',
      ],
      [
        'Ihre Rechte',
        'Sie können eine Kopie verlangen, auch als maschinenlesbare Datei, eine Berichtigung, die Löschung oder dass wir die Daten nur noch aufbewahren und nicht mehr verwenden. Antworten Sie auf unsere Mail: Ein Mensch liest sie und erledigt es.',
        'Sie können sich auch bei einer Datenschutzbehörde beschweren.',
      ],
    ],
  },
  fr: {
    from: {
      website: 'de votre site web',
      register: 'd’un annuaire ou d’un registre public',
      event: 'd’un salon ou d’un événement',
      network: 'd’un réseau professionnel',
      provider: 'd’un fournisseur de données d’entreprises',
      colleague: 'd’une personne de votre entreprise',
      acquaintance: 'd’une connaissance commune',
      page: 'd’une page web publique',
      agreed: 'de vous, avec votre accord',
    },
    source: (from) => `Votre adresse nous vient ${from}.`,
    quoted: (source) => `D’où vient votre adresse\u00a0: ${source}.`,
    given: 'Vous nous avez donné votre adresse vous-même.',
    page: (address) => `Ce que nous conservons, et vos droits\u00a0: ${address}`,
    object: (address) =>
      `Vous pouvez vous y opposer à tout moment, et nous arrêtons aussitôt\u00a0: répondez «\u00a0stop\u00a0» ou ouvrez ${address}`,
    title: 'Ce que nous conservons à votre sujet, et vos droits',
    parts: ({ own, place, sender, address, source, byConsent }) => [
      [
        'Vous pouvez vous y opposer',
        'Vous pouvez vous opposer à cet usage de vos données à tout moment et sans motif. Répondez à notre message par le mot «\u00a0stop\u00a0», ou utilisez le bouton ci-après et confirmez, et nous arrêtons aussitôt.',
      ],
      ['Qui nous sommes', `${own}, ${place}. C’est ${sender} qui vous a écrit. Vous pouvez nous joindre à ${address}.`],
      [
        'Ce que nous conservons',
        'Votre nom, votre adresse e-mail professionnelle, votre fonction et votre pays si nous les connaissons, l’origine de l’adresse, nos messages et vos réponses.',
        source,
      ],
      [
        'Pourquoi, et sur quelle base',
        byConsent
          ? 'Pour vous proposer un partenariat entre votre entreprise et la nôtre. La base légale est votre consentement (art. 6, par. 1, point a) du RGPD). Vous pouvez le retirer à tout moment\u00a0; ce qui a été fait auparavant reste licite.'
          : 'Pour vous proposer un partenariat entre votre entreprise et la nôtre. La base légale est notre intérêt légitime à trouver des partenaires (art. 6, par. 1, point f) du RGPD).',
      ],
      [
        'Qui y a accès',
        `Les personnes qui, chez ${own}, s’occupent des partenaires, et des prestataires qui travaillent pour nous\u00a0: Slack, un service de messagerie et, si nous en utilisons un, le fournisseur d’un modèle de langage.`,
      ],
      [
        'Combien de temps',
        'Aucune date n’est fixée\u00a0: ces données restent jusqu’à leur effacement, auquel nous procédons à votre demande. Nous gardons ensuite le fait qu’un message est parti, quand et selon quelle règle, sans son texte et sans votre nom, et en règle générale un code calculé à partir de votre adresse, pour que personne ne vous écrive plus.',
      ],
      [
        'Vos droits',
        'Vous pouvez demander une copie, aussi sous forme de fichier lisible par un programme, une rectification, l’effacement de ces données, ou que nous les gardions sans plus les utiliser. Répondez à notre message\u00a0: une personne le lit et s’en charge.',
        'Vous pouvez aussi saisir une autorité de protection des données.',
      ],
    ],
  },
  es: {
    from: {
      website: 'de su sitio web',
      register: 'de un directorio o registro público',
      event: 'de una feria o un evento',
      network: 'de una red profesional',
      provider: 'de un proveedor de datos de empresas',
      colleague: 'de una persona de su empresa',
      acquaintance: 'de un conocido común',
      page: 'de una página web pública',
      agreed: 'de usted, con su consentimiento',
    },
    source: (from) => `Su dirección procede ${from}.`,
    quoted: (source) => `De dónde procede su dirección: ${source}.`,
    given: 'Su dirección nos la dio usted.',
    page: (address) => `Qué guardamos, y sus derechos: ${address}`,
    object: (address) => `Puede oponerse en cualquier momento y lo dejamos de inmediato: responda «stop» o abra ${address}`,
    title: 'Qué guardamos sobre usted, y sus derechos',
    parts: ({ own, place, sender, address, source, byConsent }) => [
      [
        'Puede oponerse',
        'Puede oponerse a este uso de sus datos en cualquier momento y sin motivo. Responda a nuestro correo con la palabra «stop», o use el botón de esta página y confírmelo, y lo dejamos de inmediato.',
      ],
      ['Quiénes somos', `${own}, ${place}. Le escribió ${sender}. Puede contactarnos en ${address}.`],
      [
        'Qué guardamos',
        'Su nombre, su dirección de correo profesional, su cargo y su país si los conocemos, de dónde procede la dirección, nuestros mensajes y sus respuestas.',
        source,
      ],
      [
        'Para qué, y sobre qué base',
        byConsent
          ? 'Para proponerle una colaboración entre su empresa y la nuestra. La base jurídica es su consentimiento (art. 6.1.a del RGPD). Puede retirarlo en cualquier momento; lo hecho hasta entonces sigue siendo lícito.'
          : 'Para proponerle una colaboración entre su empresa y la nuestra. La base jurídica es nuestro interés legítimo en encontrar socios (art. 6.1.f del RGPD).',
      ],
      [
        'Quién lo ve',
        `Las personas de ${own} que se ocupan de los socios, y proveedores que trabajan para nosotros: Slack, un servicio de correo y, si lo usamos, el proveedor de un modelo de lenguaje.`,
      ],
      [
        'Cuánto tiempo',
        'No hay una fecha fijada: se queda hasta que se borra, y lo borramos cuando usted lo pide. Después conservamos que salió un mensaje, cuándo y según qué norma, sin su texto y sin su nombre, y por regla general un código calculado a partir de su dirección, para que nadie vuelva a escribirle.',
      ],
      [
        'Sus derechos',
        'Puede pedir una copia, también como archivo que lean los programas, una rectificación, la supresión de lo que guardamos, o que lo guardemos sin usarlo más. Responda a nuestro correo: una persona lo lee y se encarga.',
        'También puede reclamar ante una autoridad de protección de datos.',
      ],
    ],
  },
};
