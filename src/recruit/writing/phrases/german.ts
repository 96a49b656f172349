import type { Phrases } from '../writing.ts';

const quoted = (text: string) => `„${text}“`;

const SAID_OF_THEM: Phrases['reason']['line'] = [
  (_, quote) => `zu Ihrer Firma habe ich notiert: ${quote}. Deshalb schreibe ich Ihnen.`,
  (them, quote) => `über ${them} habe ich notiert: ${quote}. Deshalb schreibe ich Ihnen.`,
];

export const GERMAN: Phrases = {
  quoted,
  greeting: { plain: (name) => `Guten Tag ${name},`, warm: (name) => `Hallo ${name},`, formal: (name) => `Guten Tag ${name},` },
  closing: { plain: 'Freundliche Grüße', warm: 'Herzliche Grüße', formal: 'Mit freundlichen Grüßen' },
  subject: {
    technology: (own, them) => `${own} und ${them}: eine Schnittstelle?`,
    reseller: (own) => `${own} in Ihrem Angebot?`,
    affiliate: (own) => `${own}: ein Tipp für Ihr Publikum?`,
    referral: (own, them) => `${own} und ${them}: Empfehlungen?`,
    agency: (own) => `${own} in Ihren Projekten?`,
    consultant: (own) => `${own} für Ihre Kunden?`,
    'co-marketing': (own, them) => `${own} und ${them}: etwas gemeinsam machen?`,
  },
  reason: {
    line: SAID_OF_THEM,
    text: SAID_OF_THEM,
    field: [(them, quote) => `${them} ist unter ${quote} verzeichnet, und darum schreibe ich Ihnen.`],
    place: [(them, quote) => `ich suche Partner in der Gegend von ${quote}, und dort sitzt ${them}.`],
    founded: [(them, year) => `${them} gibt es seit ${year}, und ich frage lieber jemanden, der das Geschäft kennt.`],
  },
  addition: {
    line: (them, quote) => `Die Verbindung sehe ich in dieser Zeile über ${them}: ${quote}.`,
    text: (them, quote) => `Eines hatte ich ausgelassen, nämlich dies über ${them}: ${quote}.`,
    field: (them, quote) => `Eines hatte ich ausgelassen: ${them} ist unter ${quote} verzeichnet, auch darum frage ich.`,
    place: (them, quote) => `${them} ist in ${quote}, nennen Sie also gern eine Uhrzeit, die dort passt.`,
    founded: (them, year) => `${them} gibt es seit ${year}, Ihre Meinung hilft mir also auch dann, wenn es ein Nein ist.`,
  },
  onTheirSite: (quote) => `auf Ihrer Website steht: ${quote}. Deshalb schreibe ich Ihnen.`,
  shares: (ours) => `Auch wir arbeiten für ${ours}.`,
  intro: (sender, own, first) => `${first ? 'ich' : 'Ich'} bin ${sender} von ${own}.`,
  offer: (sells, customers) => `Was wir tun: ${quoted(sells)}.${customers === null ? '' : ` Wer es kauft: ${quoted(customers)}.`}`,
  begins: {
    sells: 'Wir bieten',
    customers: 'Unsere Kunden sind',
    they: 'Sie könnten',
    gain: 'Ihr Vorteil:',
    firstStep: 'Wir könnten klein anfangen:',
  },
  ifSame: (customers, they) => `Falls ${customers} zu Ihrem Kundenkreis gehören, könnten Sie ${they}.`,
  ideaIs: 'Meine Idee:',
  ideaIfSame: 'Meine Idee, falls Sie mit denselben Leuten zu tun haben:',
  idea: {
    technology: (own, them) => `${own} und ${them} arbeiten zusammen, damit niemand, der beides nutzt, sie von Hand verbinden muss.`,
    reseller: (own, them) => `${them} bietet ${own} den eigenen Kunden an.`,
    affiliate: (own, them) =>
      `wo ${own} passt, empfiehlt ${them} es seinem Publikum, zu Bedingungen, die wir vorher schriftlich festhalten.`,
    referral: () => 'wenn Kunden von Ihnen brauchen, was wir tun, stellen Sie uns vor, und umgekehrt.',
    agency: (own, them) => `${them} setzt ${own} in Kundenprojekten ein, wo es passt.`,
    consultant: (own, them) => `${them} berät seine Kunden zu ${own} und richtet es mit ihnen ein.`,
    'co-marketing': () => 'ein gemeinsamer Beitrag, etwa ein Leitfaden oder ein Webinar, für Ihr Publikum und unseres.',
  },
  gain: {
    technology: () =>
      'Ihre Nutzer hätten mehr von dem, was sie haben, unsere auch, und jeder von uns wäre ein Grund mehr, den anderen zu wählen.',
    reseller: () =>
      'Sie hätten ein Angebot mehr für Kunden, die Ihnen schon vertrauen, und unser Team vor und nach jedem Verkauf an Ihrer Seite; wir würden Kunden erreichen, an die wir selbst nicht herankommen.',
    affiliate: () =>
      'Ihr Publikum würde etwas finden, das es brauchen kann, und wir würden Menschen kennenlernen, die auf eine Empfehlung hin kommen.',
    referral: () =>
      'Sie hätten jemanden, zu dem Sie Fragende schicken könnten, und beide würden wir Kunden kennenlernen, die auf Empfehlung kommen.',
    agency: (own) =>
      `Ihr Team müsste weniger von Hand bauen und könnte unsere Entwickler direkt fragen; wir würden sehen, wie ${own} von Leuten eingerichtet wird, die den Kunden kennen.`,
    consultant: () =>
      'Sie hätten ein Thema mehr, zu dem Sie beraten, mit direktem Draht zu unseren Entwicklern; unsere Kunden hätten Hilfe in der Nähe.',
    'co-marketing': () => 'Wir würden uns die Arbeit teilen, und jeder würde dort gehört, wo man den anderen schon kennt.',
  },
  humble: 'Wenn ich falsch liege, sagen Sie es mir gern.',
  ask: {
    plain: 'Hätten Sie in den nächsten zwei Wochen 20 Minuten für ein Telefonat? Eine kurze Antwort genügt.',
    warm: 'Wollen wir in den nächsten zwei Wochen 20 Minuten darüber sprechen? Ein kurzes Ja oder Nein hilft mir in jedem Fall.',
    formal: 'Darf ich Ihnen in den nächsten zwei Wochen ein Gespräch von 20 Minuten vorschlagen? Eine kurze Antwort genügt.',
  },
  askShort: 'Hätten Sie 20 Minuten für ein Telefonat?',
  topic: {
    technology: (own, them) => `eine Verbindung von ${own} und ${them}`,
    reseller: (own, them) => `${own} im Angebot von ${them}`,
    affiliate: (own, them) => `${own} für das Publikum von ${them}`,
    referral: () => 'gegenseitige Empfehlungen',
    agency: (own) => `den Einsatz von ${own} in Ihren Kundenprojekten`,
    consultant: (own) => `die Beratung Ihrer Kunden zu ${own}`,
    'co-marketing': () => 'einen gemeinsamen Beitrag für Ihr Publikum und unseres',
  },
  before: (topic) => `in meiner letzten Nachricht ging es um ${topic}.`,
  last: (topic) => `eine letzte Zeile noch. Es ging um ${topic}.`,
  smallStep: {
    technology: 'Um klein zu beginnen, könnten wir einen Kunden nehmen, der beides nutzt und es dabei lassen, wenn es nicht hilft.',
    reseller: 'Um klein zu beginnen, könnten wir einen Ihrer Kunden nehmen und es dabei lassen, wenn es nicht hilft.',
    affiliate: 'Um klein zu beginnen, könnten wir es mit einer Erwähnung versuchen und es dabei lassen, wenn sie niemanden kümmert.',
    referral: 'Um klein zu beginnen, könnten wir je einen Kunden vorstellen, und dann weitersehen.',
    agency: 'Um klein zu beginnen, könnten wir ein Projekt nehmen und es dabei lassen, wenn es nicht hilft.',
    consultant: 'Um klein zu beginnen, könnten wir einen Kunden nehmen und es dabei lassen, wenn es nicht hilft.',
    'co-marketing': 'Um klein zu beginnen, könnten wir einen kurzen Artikel schreiben, und sehen, wer ihn liest.',
  },
  askAgain: {
    plain: 'Würden Ihnen nächste Woche 20 Minuten passen?',
    warm: 'Würden Ihnen nächste Woche 20 Minuten passen? Auch jede andere Zeit ist mir recht.',
    formal: 'Würde Ihnen nächste Woche ein Gespräch von 20 Minuten passen?',
  },
  askWho: (them) => `Gibt es bei ${them} jemanden, den ich besser fragen sollte?`,
  release: 'Auch ein Nein ist eine gute Antwort; ich schreibe dazu nicht noch einmal.',
  thanks: { plain: 'danke für Ihre Antwort.', warm: 'danke, schön, von Ihnen zu hören.', formal: 'vielen Dank für Ihre Antwort.' },
  understood: {
    interested: 'Ich verstehe Sie so, dass Sie gern mehr hören würden.',
    later: 'Ich verstehe Sie so, dass jetzt nicht der richtige Zeitpunkt ist.',
    no: 'Ich verstehe Sie so, dass das nichts für Sie ist, und lasse es dabei.',
    'wrong-person': 'Ich verstehe Sie so, dass sich jemand anderes darum kümmert.',
    away: 'Ich verstehe es so, dass Sie gerade nicht da sind.',
    other: 'Ich möchte sicher sein, dass ich Sie richtig verstehe.',
  },
  asked: (question) => `Ihre Frage: ${question}`,
  askedNext: 'Die Antwort darauf bekommen Sie von uns schriftlich.',
  proposed: (time) => `Ihr Vorschlag: ${time}`,
  proposedNext: 'Den Termin bestätigt Ihnen noch jemand von uns.',
  pointed: (who) => `${who} hat mich an Sie verwiesen.`,
  nextIn: (month) => `Ich habe mir ${month} vorgemerkt und komme dann darauf zurück, nicht früher.`,
  nextTo: (name) => `Dann schreibe ich an ${name} und sage, dass der Hinweis von Ihnen kommt. Gibt es etwas, das ich vorher wissen sollte?`,
  next: {
    interested:
      'Welche zwei Termine in den nächsten zwei Wochen würden Ihnen für 20 Minuten passen? Für einen davon schicke ich eine Einladung.',
    later: 'Wann darf ich wieder fragen? Der Name des Monats genügt.',
    no: 'Sollte sich das einmal ändern, erreichen Sie mich unter dieser Adresse.',
    'wrong-person': 'Wen darf ich stattdessen fragen?',
    away: 'Ich komme darauf zurück, wenn Sie wieder da sind. Sollte inzwischen jemand anderes davon hören, sagen Sie mir gern, wen ich fragen darf.',
    other: 'Wäre es am einfachsten, in einem Gespräch von 20 Minuten darüber zu sprechen?',
  },
};
