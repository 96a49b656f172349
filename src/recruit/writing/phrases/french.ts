import type { Phrases } from '../writing.ts';

// French sets no-break spaces inside its quotation marks and before high marks.
const quoted = (text: string) => `«\u00a0${text}\u00a0»`;

/** Begins with a vowel, or with an h that is not heard; names of other languages with an h are said with it, letters one by one are not. */
const ELIDES = /^(?:[aeiouàâäéèêëîïôöûüœæ]|y(?![aeiou])|h(?:[ôo]t[eé]l|[ôo]pit|erm[eèé]|isto|uman?i|ygi|ydr|yper|él|orizon|orlog|abit))/iu;
const de = (name: string) => (ELIDES.test(name) || /^H\p{Lu}/u.test(name) ? `d’${name}` : `de ${name}`);

const SAID_OF_THEM: Phrases['reason']['line'] = [
  (_, quote) => `J’ai noté ceci sur votre activité\u00a0: ${quote}. C’est pourquoi je vous écris.`,
  (_, quote) => `${quote}\u00a0: voilà ce que j’ai noté sur votre activité, d’où ce message.`,
];

export const FRENCH: Phrases = {
  quoted,
  greeting: { plain: (name) => `Bonjour ${name},`, warm: (name) => `Bonjour ${name},`, formal: (name) => `Bonjour ${name},` },
  closing: { plain: 'Cordialement,', warm: 'Bien à vous,', formal: 'Avec mes salutations distinguées,' },
  subject: {
    technology: (own, them) => `${own} et ${them}\u00a0: une passerelle\u00a0?`,
    reseller: (own) => `${own} dans votre offre\u00a0?`,
    affiliate: (own) => `${own}\u00a0: un outil pour votre public\u00a0?`,
    referral: (own, them) => `${own} et ${them}\u00a0: une recommandation\u00a0?`,
    agency: (own) => `${own} dans vos projets\u00a0?`,
    consultant: (own) => `${own} pour vos clients\u00a0?`,
    'co-marketing': (own, them) => `${own} et ${them}\u00a0: un projet commun\u00a0?`,
  },
  reason: {
    line: SAID_OF_THEM,
    text: SAID_OF_THEM,
    field: [(them, quote) => `${them} figure sous ${quote}, et c’est pourquoi je vous écris.`],
    place: [(them, quote) => `Là où se trouve ${them} (${quote}), je cherche des partenaires.`],
    founded: [(them, year) => `${them} existe depuis ${year}, et je préfère demander à quelqu’un qui connaît le métier.`],
  },
  addition: {
    line: (them, quote) => `Là où je vois le lien, c’est cette ligne sur ${them}\u00a0: ${quote}.`,
    text: (them, quote) => `J’avais laissé de côté ceci sur ${them}\u00a0: ${quote}.`,
    field: (them, quote) =>
      `J’avais laissé de côté une chose\u00a0: ${them} figure sous ${quote}, et c’est aussi pour cela que je demande.`,
    place: (them, quote) => `${them} se trouve ici\u00a0: ${quote}. Donnez-moi une heure qui convient là-bas, je m’y ferai.`,
    founded: (them, year) => `${them} existe depuis ${year}\u00a0: votre avis me serait utile, même si c’est un non.`,
  },
  onTheirSite: (quote) => `On lit sur votre site\u00a0: ${quote}. C’est pourquoi je vous écris.`,
  shares: (ours) => `Nous aussi, nous travaillons avec des ${ours}.`,
  intro: (sender, own) => `Je suis ${sender}, ${de(own)}.`,
  offer: (sells, customers) =>
    `Ce que nous faisons\u00a0: ${quoted(sells)}.${customers === null ? '' : ` Qui l’achète\u00a0: ${quoted(customers)}.`}`,
  begins: {
    sells: 'Nous proposons',
    customers: 'Nos clients sont des',
    they: 'Vous pourriez',
    gain: 'Votre intérêt\u00a0:',
    firstStep: 'Pour commencer\u00a0:',
  },
  ifSame: (customers, they) => `Si vous travaillez avec des ${customers}, vous pourriez ${they}.`,
  ideaIs: 'Mon idée\u00a0:',
  ideaIfSame: 'Mon idée, si vous travaillez avec les mêmes personnes\u00a0:',
  idea: {
    technology: (own, them) => `${own} et ${them} fonctionnent ensemble, pour que personne n’ait à les relier à la main.`,
    reseller: (own, them) => `${them} propose ${own} à ses propres clients.`,
    affiliate: (own, them) =>
      `là où ${own} convient, ${them} le recommande à son public, à des conditions que nous mettons d’abord par écrit.`,
    referral: () => 'quand un de vos clients a besoin de ce que nous faisons, vous nous présentez, et inversement.',
    agency: (own, them) => `${them} utilise ${own} dans ses projets clients, là où cela convient.`,
    consultant: (own, them) => `${them} conseille ses clients sur ${own} et le met en place avec eux.`,
    'co-marketing': () => 'un contenu commun, un guide ou un webinaire par exemple, pour votre public et le nôtre.',
  },
  humble: 'Si je me trompe, dites-le-moi.',
  ask: {
    plain: 'Auriez-vous 20 minutes pour en parler dans les deux prochaines semaines\u00a0? Une courte réponse suffit.',
    warm: 'Voulez-vous que nous en parlions 20 minutes dans les deux prochaines semaines\u00a0? Un simple oui ou non m’aide dans tous les cas.',
    formal: 'Puis-je vous proposer un entretien de 20 minutes dans les deux prochaines semaines\u00a0? Une courte réponse suffit.',
  },
  askShort: 'Auriez-vous 20 minutes pour en parler\u00a0?',
  topic: {
    technology: (own, them) => `un lien entre ${own} et ${them}`,
    reseller: (own, them) => `${own} dans l’offre ${de(them)}`,
    affiliate: (own, them) => `${own} pour le public ${de(them)}`,
    referral: () => 'des recommandations entre vos clients et les nôtres',
    agency: (own) => `l’usage ${de(own)} dans vos projets clients`,
    consultant: (own) => `le conseil à vos clients sur ${own}`,
    'co-marketing': () => 'un contenu commun pour nos deux publics',
  },
  before: (topic) => `Mon dernier message portait sur ${topic}.`,
  last: (topic) => `Un dernier mot sur ${topic}.`,
  smallStep: {
    technology: 'Pour rester simple, nous pourrions commencer avec un client qui utilise les deux, et nous arrêter là si cela n’aide pas.',
    reseller: 'Pour rester simple, nous pourrions commencer avec un de vos clients, et nous arrêter là si cela n’aide pas.',
    affiliate: 'Pour rester simple, nous pourrions commencer par une mention, et nous arrêter là si elle n’intéresse personne.',
    referral: 'Pour rester simple, nous pourrions commencer par une présentation de chaque côté, et voir ensuite.',
    agency: 'Pour rester simple, nous pourrions commencer par un projet, et nous arrêter là si cela n’aide pas.',
    consultant: 'Pour rester simple, nous pourrions commencer avec un client, et nous arrêter là si cela n’aide pas.',
    'co-marketing': 'Pour rester simple, nous pourrions commencer par un court article, et voir qui le lit.',
  },
  askAgain: {
    plain: 'Auriez-vous 20 minutes la semaine prochaine\u00a0?',
    warm: 'Auriez-vous 20 minutes la semaine prochaine\u00a0? Un autre moment me va aussi.',
    formal: 'Un entretien de 20 minutes la semaine prochaine vous conviendrait-il\u00a0?',
  },
  askWho: (them) => `Y a-t-il chez ${them} quelqu’un à qui je devrais plutôt m’adresser\u00a0?`,
  release: 'Un «\u00a0non\u00a0» est aussi une bonne réponse\u00a0; je n’écrirai plus à ce sujet.',
  thanks: {
    plain: 'Merci de votre réponse.',
    warm: 'Merci, cela me fait plaisir de vous lire.',
    formal: 'Je vous remercie de votre réponse.',
  },
  understood: {
    interested: 'Si je comprends bien, vous aimeriez en savoir plus.',
    later: 'Si je comprends bien, ce n’est pas le bon moment.',
    no: 'Si je comprends bien, ce n’est pas pour vous, et j’en reste là.',
    'wrong-person': 'Si je comprends bien, quelqu’un d’autre s’en occupe.',
    away: 'Si je comprends bien, vous n’êtes pas disponible en ce moment.',
    other: 'Je voudrais m’assurer de bien vous comprendre.',
  },
  asked: (question) => `Votre question\u00a0: ${question}`,
  askedNext: 'Je me renseigne et je vous écris à ce sujet.',
  proposed: (time) => `Votre proposition\u00a0: ${time}`,
  proposedNext: 'Je vérifie ce moment et je vous le confirme.',
  pointed: (who) => `C’est ${who} qui m’a donné votre nom.`,
  nextIn: (month) => `C’est noté pour ${month}\u00a0: j’y reviendrai à ce moment-là, pas avant.`,
  nextTo: (name) =>
    `J’écrirai donc à ${name}, en disant que l’indication vient de vous. Y a-t-il quelque chose que je devrais savoir avant\u00a0?`,
  next: {
    interested:
      'Quels deux moments des deux prochaines semaines vous conviendraient pour 20 minutes\u00a0? J’enverrai une invitation pour l’un d’eux.',
    later: 'Quand puis-je vous redemander\u00a0? Indiquez-moi simplement le mois.',
    no: 'Si cela change un jour, vous pouvez me joindre à cette adresse.',
    'wrong-person': 'À qui puis-je m’adresser à la place\u00a0?',
    away: 'J’y reviendrai quand vous serez de retour. Si quelqu’un d’autre devait en entendre parler d’ici là, dites-moi à qui m’adresser.',
    other: 'Le plus simple serait-il d’en parler 20 minutes\u00a0?',
  },
};
