import { saysMailboxGivenUp, speaksOfDelivery } from './bounce-words.ts';
import { dayBack, type Moment } from './day-back.ts';
import { NOTHING, type Understanding } from './reply.ts';
import { phraseFinder, plainWords } from './word-finder.ts';

/** What programs write, as `phraseFinder` reads it: such mail is told without a model, because follow-ups wait for it or end with it. */
const list = (words: string): RegExp => phraseFinder(words.split('|'));

/** How programs begin the subject of an absence notice. */
const SUBJECT = new RegExp(
  `^${
    list(
      'out of office|out of the office|automatic reply|automatic response|auto reply|auto response|autoreply|autoresponse|automated reply|abwesend|abwesenheit*|automatische antwort|automatische abwesenheit*|absence du bureau|absent du bureau|absente du bureau|reponse automatique|message d absence|respuesta automatica|fuera de la oficina|fuera de oficina|ausencia|mensaje de ausencia|risposta automatica|fuori ufficio|assenza|automatisch antwoord|afwezig*|resposta automatica|fora do escritorio|autosvar|automatiskt svar|automaattinen vastaus|poissa|automatyczna odpowiedz|autoodpowiedz|automaticka odpoved|automatska odpowed|raspuns automat|automatikus valasz|αυτοματη απαντηση|автоматичен отговор|samodejni odgovor|automatski odgovor|automatine zinute|automatiska atbilde|automaatvastus|automatisk svar|automatiskt meddelande|franvaro*|fravaer*|nieobecnosc*|nepritomn*|tavollet*|otomatik yanit|otomatik cevap|автоответ*|автовідповідь*|自動返信*|自動応答*|不在*|自动回复*|自動回覆*|자동 응답*|자동응답*|자동 회신*|자동회신*|부재중*',
    ).source
  }`,
  'u',
);
const ABSENCE = list(
  'out of office|out of the office|ooo|on vacation|on holiday|on holidays|on leave|on annual leave|on parental leave|on maternity leave|on paternity leave|on sick leave|on a business trip|away from the office|away from my desk|away until|away from work|not in the office|currently away|currently out|i am away|im away|i am out|im out|limited access to|back in the office|will be back|will return|returning on|return to the office|office is closed|offices are closed|abwesend|nicht im buro|nicht im haus|ausser haus|im urlaub|in urlaub|urlaub bis|elternzeit|mutterschutz|dienstreise|auf geschaftsreise|wieder erreichbar|wieder im buro|wieder im haus|wieder fur sie|nicht erreichbar|absent du bureau|absente du bureau|je suis absent*|suis absent*|actuellement absent*|en conges|en conge|en vacances|de retour le|je serai de retour|hors du bureau|en deplacement|conge maternite|fuera de la oficina|fuera de oficina|estoy ausente|estare ausente|me encuentro ausente|de vacaciones|estare de vuelta|de regreso el|de baja medica|baja por maternidad|fuori ufficio|fuori sede|in ferie|sono assente|saro assente|in vacanza|ben afwezig|met vakantie|op vakantie|niet op kantoor|fora do escritorio|de ferias|ausente do escritorio|na urlopie|poza biurem|jestem nieobecn*|na dovolene|na dovolenke|mimo kancelar*|szabadsagon|in concediu|pa semester|inte pa kontoret|ar tillbaka|pa ferie|ikke pa kontoret|er tilbage|er tilbake|lomalla|ofis disinda*|yillik izin*|в отпуске|в командировке|у відпустці|в відпустці|σε αδεια|*不在*|*休暇*|*休假*|*不在办公室*|*出差*|*부재중*|*휴가*',
);
/** Says that a mail arrived, as ticket systems do: then nobody is away. */
const RECEIPT = list(
  'ticket|ticket number|case number|reference number|request number|received your message|received your request|received your email|received your e mail|received your enquiry|received your inquiry|got your message|got your request|got your email|we will get back to you|we will respond|will be processed|has been logged|has been received|has been created|will reply within|reply within|respond within|thanks for contacting|thank you for contacting|ihre anfrage erhalten|ihre nachricht erhalten|ihre e mail erhalten|ihre anfrage ist|ihre nachricht ist|eingangsbestatigung|vorgangsnummer|ticketnummer|bien recu|accuse de reception|numero de ticket|numero de dossier|hemos recibido|numero de caso|acuse de recibo|abbiamo ricevuto|ontvangen uw|hebben uw bericht|recebemos a sua',
);
/** Says that somebody is gone for good, or that nobody reads a mailbox any more. */
const LEFT = list(
  'no longer with|no longer work*|no longer at|no longer employed|no longer part of|no longer a member|not with the company any*|has left the company|left the company|have left the company|left the organi*|left the firm|left the business|has left our|have left our|has moved on from|have moved on from|last working day was|last day was|last day at|nicht mehr im unternehmen|nicht mehr bei|nicht mehr fur|nicht langer bei|nicht langer fur|nicht mehr beschaftigt|nicht mehr tatig|unternehmen verlassen|firma verlassen|ausgeschieden|ne travaille plus|ne fait plus partie|ne fais plus partie|n est plus en poste|a quitte l entreprise|a quitte la societe|a quitte notre|ai quitte l entreprise|ai quitte la societe|ya no trabaj*|ya no forma parte|ya no formo parte|ya no esta en|ha dejado la empresa|he dejado la empresa|dejo la empresa|non lavora piu|non lavoro piu|ha lasciato l azienda|werkt niet meer|niet meer werkzaam|nao trabalha mais|ja nao trabalha|no longer in use|no longer monitored|nicht mehr verwendet|nicht mehr genutzt|n est plus utilise*|n est plus consulte*|ya no se usa|ya no se utiliza|have retired|has retired|reads this mailbox any*|not be answered any*|be answered any*|nie pracuje juz|juz nie pracuje|jiz nepracuje|uz nepracuje|har slutat|arbetar inte langre|jobbar inte langre|har sluttet|arbejder ikke laengere|jobber ikke lenger|ei ole enaa|больше не работает|уже не работает|більше не працює|вже не працює|artik calismiyor|address has changed|address changed|new email address|new e mail address|new address is|neue adresse|neue e mail adresse|neue mailadresse|nouvelle adresse|nueva direccion|nuovo indirizzo|nieuwe adres|nieuw adres|nieuw e mailadres|novo endereco',
);
const LEFT_BY_NOTICE = list('has left *|have left *|left * on|left * * on|left * as of|left * * as of|is leaving *');
/** “Dana has left the office”, “have left for the day”. */
const LEFT_FOR_NOW = / (?:office|early|for|desk|work|home|you|me|a) /u;

/** `away`: what the head says of an absence. */
type Notice = { text: string; subject: string; away: { until: Date | null } | null };

/** Whether the subject is one that programs give to notices of absence. */
export function hasNoticeSubject(subject: string): boolean {
  return SUBJECT.test(plainWords(subject));
}

/** Mail servers send absence notices for people, too. */
export function isAbsenceNotice({ subject, away }: Omit<Notice, 'text'>, sentences: readonly string[]): boolean {
  if ([subject, ...sentences].some(speaksOfDelivery)) return false;
  return away !== null || hasNoticeSubject(subject) || find(ABSENCE, sentences) !== undefined;
}

/** What a program’s mail says: that somebody is gone for good, or away, perhaps until a day; else nothing. Never interest, never a no. */
export function readNotice({ subject, text, away }: Notice, sentences: readonly string[], now: Moment): Understanding {
  const departure = sentences.find(isDeparture);
  if (departure) return { ...NOTHING, kind: 'wrong-person', sentence: departure, namedContact: addressAfter(departure, sentences) };
  const absence = find(ABSENCE, sentences);
  const isAbsence = away !== null || absence !== undefined || (hasNoticeSubject(subject) && find(RECEIPT, sentences) === undefined);
  if (!isAbsence) return { ...NOTHING, sentence: sentences[0] ?? subject };
  return { ...NOTHING, kind: 'out-of-office', sentence: absence ?? subject, laterUntil: dayBack(text, now) ?? away?.until ?? null };
}

function find(phrases: RegExp, sentences: readonly string[]): string | undefined {
  return sentences.find((sentence) => phrases.test(plainWords(sentence)));
}

function isDeparture(sentence: string): boolean {
  const words = plainWords(sentence);
  const left = LEFT_BY_NOTICE.exec(words);
  return (
    LEFT.test(words) ||
    saysMailboxGivenUp(sentence) ||
    (left !== null && !LEFT_FOR_NOW.test(words.slice(left.index, left.index + left[0].length + 8)))
  );
}

/** An address in the sentence or in the two after it. */
function addressAfter(sentence: string, sentences: readonly string[]): string | null {
  const at = sentences.indexOf(sentence);
  const words = sentences
    .slice(at, at + 3)
    .join(' ')
    .slice(0, 3000);
  return /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.[\p{L}]{2,24}/u.exec(words)?.[0] ?? null;
}
