import { plainWords } from './word-finder.ts';

/** How mail servers say, without a code, what became of a mail. Servers answer in English; providers write notices in the language of their
 *  country: those of most of the European Union, its neighbours and East Asia. A word for a mailbox counts with what is wrong with it near it, so
 *  that a new wording of the same is read, too. All as `plainWords` writes it, a sentence at a time. */

/** Where mail goes to. */
const MAILBOXES =
  'mail ?box|inbox|(?:e ?mail |mail )(?:account|address)|address|postfach|mailadresse|adresse|boite|casella|indirizzo|direccion|buzon|endereco|postbus|adres|skrzynk|schrank|brevlada|postkasse|osoite|postilaatikko|adresa|postafiok|ящик|адрес|メールアドレス|アドレス|宛先|邮箱|信箱|郵箱|地址|주소|메일함';
/** Whom or what an address may mean. */
const OTHERS =
  'user|recipients?|addressee|account|person|alias|local part|name|customer|subscriber|employee|domain|host|empfanger|benutzer|nutzer|konto|teilnehmer|domane|destinataire|utilisateur|compte|domaine|usuario|destinatario|cuenta|dominio|utente|utilizador|conta|gebruiker|ontvanger|domein|uzytkowni|odbiorc|domen|uzivatel|prijemc|anvandare|mottagare|mottaker|modtager|bruger|bruker|domaene|kayttaja|vastaanottaja|felhasznalo|cimzett|kullanici|alici|hesap|пользовател|получател|аккаунт|домен|користувач|одержувач|ユーザ|アカウント|受信者|ドメイン|收件人|用户|用戶|帐号|账号|域名|사용자|수신자|계정|도메인';
const NOT = '(?:(?:is|was|are|were|has|have|had|do|does|did|could|can) ?(?:not|nt)|cant|not|never)';
/** Behind the word. “Unknown error” says nothing of the mailbox. */
const MISSING = [
  'unknown(?! (?:error|reason|problem|failure|cause|status|mailer|issue))|invalid|non ?existent|unrecogni[sz]ed|unrouteable',
  `${NOT} (?:be |been |an? |currently |longer ){0,2}(?:found|exist|known|recogni[sz]ed|valid|listed|located|resolve|registered|here|hosted|assigned|in use|in our)`,
  'no longer (?:exist|valid|available|active|in use|in service|here|used|read|checked|monitored|assigned|hosted|registered|known)',
  '(?:is|was|been|be|being|now) (?:permanently )?(?:closed|deleted|removed|deactivated|disabled|terminated|discontinued|cancell?ed|retired|expired|shut down|given up|inactive)',
  '(?:account|mailbox|user) (?:deleted|closed|disabled|terminated|inactive|deactivated|expired)',
  'unbekannt|existiert (?:[^ ]+ )?nicht|nicht (?:mehr )?(?:gefunden|vorhanden|bekannt|existent|gultig|vergeben|aktiv|existiert|verwendet|genutzt|gelesen|abgerufen)|gibt es (?:hier )?(?:nicht|kein)|ungultig|geloscht|geschlossen|stillgelegt|aufgegeben|deaktiviert',
  'inconnu|n existe|introuvable|invalide|inexistant|supprime|fermee? |desactive|n est plus|n a pas ete trouve',
  'desconocid|no existe|no (?:fue |se ha |ha sido |se )?(?:podido )?encontra|inexistente|no (?:es|esta) (?:valid|activ|registrad)|eliminad|cerrad|dad[oa] de baja|ya no (?:existe|esta|se usa|se utiliza)|desactivad',
  'sconosciut|non (?:e |piu )*(?:esist|stat[oa] trovat|trovat|valid|attiv|in uso)|disattivat|chius[oa] |cancellat|non e piu',
  'desconhecid|nao (?:existe|foi encontrad|encontrad|e valid)|encerrad|desativad',
  'onbekend|bestaat (?:[^ ]+ )?niet|niet (?:gevonden|bekend|meer in gebruik)|ongeldig|opgeheven|verwijderd|gesloten',
  'nieznan|nie istnieje|nie (?:zostal. )?znalezion|nieprawidlow|usuniet|neznam|neexistuje|nenalezen|nebyl. nalezen|zrusen',
  'okand|finns (?:[^ ]+ )?inte|existerar inte|hittades inte|ukendt|find?es (?:[^ ]+ )?ikke|eksisterer ikke|ble(?:v)? ikke fun[dn]et|ukjent|finnes (?:[^ ]+ )?ikke|tuntematon|ei ole olemassa|ei loyd',
  'ismeretlen|nem letezik|nem talalhato|bulunamadi|mevcut degil|bilinmiyor|gecersiz',
  'не (?:существу|найден|зарегистрирован)|несуществу|неизвест|удален|закрыт|не існує|не знайдено|невідом',
  '不明|存在しま|存在しない|見つかりま|ございません|不存在|未找到|找不到|无效|無效|已注销|已停用|존재하지|없습니다|찾을 수 없|알 수 없',
].join('|');
/** Before it. */
const NONE =
  ' (?:unknown|invalid|no such|non ?existent|unrecogni[sz]ed|bad destination|unrouteable|illegal|(?:not|doesnt|dont|couldnt|cannot) (?:have|find|know)(?: [^ ]+){0,3}?|not an? (?:valid|known|existing)|no|nobody|unbekannte[^ ]?|ungultige[^ ]?|kein[^ ]{0,2}|aucune?|ningun[^ ]?|nessun[^ ]?|nenhum[^ ]?|geen|неизвестн[^ ]{0,3}|несуществующ[^ ]{0,3}|нет|无此|没有|沒有)(?: [^ ]+)?? ';
/** Needs no word for a mailbox. */
const WHOLE =
  ' (?:nobody here|no ?(?:one|body) (?:here )?(?:by|of|with) that name|null ?mx|nxdomain|name not (?:known|found))|查无此人|あて先不明';
/** Speaks of the sender, of a policy, or of what may pass. */
const ELSE = compiled(
  ' (?:sender|absender|expediteur|remitente|mittente|afzender|отправител|spam|block|blacklist|policy|reputation|authenti|dmarc|spf |dkim|virus|relay(?:ing)? (?:denied|not|access)|temporar|try(?:ing)? (?:it )?again|retr(?:y|ied)|time ?out|timed out|too many|greylist|vorubergehend|temporair|временно)|一時的|暂时',
);
/** A mailbox that has no room is one. */
const FULL = compiled(
  ' (?:full |quota|over (?:[^ ]+ )?(?:limit|size)|out of (?:disk )?(?:space|storage)|(?:no|not enough|insufficient)(?: [^ ]+){0,2}? (?:room|space|storage)|exceed|voll |uberfullt|speicher|pleine? |saturee? |llen[oa] |pien[ao] |chei[ao] |vol |przepelnion|plna |taynna |betelt |dolu |fuld |переполнен|переповнен)|いっぱい|満杯|空き|容量|已满|已滿|满了|超出|가득|초과',
);
/** It is still tried. “Will not be retried” is another matter. */
const DELAYED = compiled(
  ' (?:delay|not yet been|warning|still (?:being |be )?(?:tr|wait|queue)|will (?:be retried|retry|keep|continue|try again|be tried again)|verzoger|noch nicht zugestellt|retarde|differee? |retrasad|demorad|aplazad|ritard|in attesa|atrasad|adiad|vertraag|opozni|zpozden|forsen|forsink|viivast|задерж|отложен|затрим)|遅延|遅れ|延迟|延遲|지연',
);
const NOT_DELIVERED = compiled(
  ' (?:undeliver|(?:not|nt) (?:be |been )?(?:delivered|reach)|unable to deliver|(?:not|nt) able to deliver|delivery (?:has |to [^ ]+ (?:[^ ]+ ){0,4})?fail|failure notice|returned (?:mail|to sender)|mailbox unavailable|permanent (?:error|fatal|failure)|unzustellbar|nicht zugestellt|nicht zustellen|non (?:re|di)mis|non distribue|pas pu etre (?:remis|distribue|livre|delivre)|no entregad|no (?:se )?(?:pudo|ha podido|pudimos) (?:ser )?entrega|non (?:e stato possibile|puo essere|e stat[oa]) (?:recapita|consegna)|mancat[oa] (?:recapito|consegna)|nao (?:foi |pode ser |pudemos )(?:possivel )?entreg|niet (?:worden )?(?:bezorgd|afgeleverd)|onbestelbaar|nie (?:zostal. |mogl. zostac )?dostarczon|nedoruc|nelze dorucit|kezbesithet|teslim edilemedi|iletilemedi|(?:inte|ikke) (?:kunde |kunne )?lever|kunde inte (?:na|lever)|kunne ikke lever|ei voitu toimittaa|не доставлен|недостав|не удалось достав|не может быть доставлен|не вдалося достав)|退信|无法(?:投递|送达)|投递失败|無法(?:投遞|送達)|(?:配信|送信|配達|お届け)でき|届けでき|전송 실패|배달하지|전달할 수 없',
);
/** So do those that only put a mail off. */
const DELIVERY = compiled(' (?:delivery (?:status|to)|zustellung|remise|entrega|recapito|bezorging|доставк)');
const ARRIVED = compiled(
  ' (?:success|(?:been|was|were) (?:delivered|relayed|displayed|opened|read) |zugestellt |gelesen |remis a |lu par |entregado |leido |recapitat|letto |delivered to )|已读|開封|수신 확인',
);

const NEAR = '[^ ]{0,40}(?:(?: [^ ]+){0,8}? )?';
const MISSING_MAILBOX = compiled(`(?:${MAILBOXES})${NEAR}(?:${MISSING})`);
const MISSING_ANY = compiled(`(?:${MAILBOXES}|${OTHERS})${NEAR}(?:${MISSING})|${NONE}(?:${MAILBOXES}|${OTHERS})(?! error)|${WHOLE}`);

/** Patterns with letters as `plainWords` leaves them: those of some scripts fall apart. */
function compiled(source: string): RegExp {
  return new RegExp(source.normalize('NFKD').replace(/\p{M}/gu, ''), 'u');
}

/** Characters of a line or a sentence that are looked at. */
const MOST = 500;
const wordsOf = (sentence: string) => plainWords(sentence.slice(0, MOST));

/** Whether a mail server says that the mailbox or its domain is none or is closed for good. */
export function saysNoMailbox(sentence: string): boolean {
  const words = wordsOf(sentence);
  return MISSING_ANY.test(words) && !ELSE.test(words) && !FULL.test(words);
}

/** Whether somebody's mailbox or address, so called, is given up: what programs answer for it. “Your address” is ours. */
export function saysMailboxGivenUp(sentence: string): boolean {
  const words = wordsOf(sentence);
  return MISSING_MAILBOX.test(words) && !ELSE.test(words) && !FULL.test(words) && !YOURS.test(words);
}
const YOURS = / (?:your|ihre?r?|votre|su|tu|vostro|seu|uw|twoj|ваш) /u;

export function saysFull(sentence: string): boolean {
  return FULL.test(wordsOf(sentence));
}

export function saysDelayed(sentence: string): boolean {
  return DELAYED.test(wordsOf(sentence));
}

export function saysNotDelivered(sentence: string): boolean {
  return NOT_DELIVERED.test(wordsOf(sentence));
}

/** Whether a sentence is one of a mail server on how a delivery stands. */
export function speaksOfDelivery(sentence: string): boolean {
  const words = wordsOf(sentence);
  return NOT_DELIVERED.test(words) || DELIVERY.test(words);
}

/** Whether it says that a mail arrived or was opened, and nothing else. */
export function saysArrived(sentence: string): boolean {
  const words = wordsOf(sentence);
  return ARRIVED.test(words) && !NOT_DELIVERED.test(words) && !DELAYED.test(words);
}
