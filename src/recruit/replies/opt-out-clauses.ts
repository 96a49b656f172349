/** Requests for no more mail that people word too freely for a list: who refuses, a verb of writing, whom it is about. English, German, French
 *  and Spanish, as `plainWords` writes them. What follows a clause may narrow it (below). */

/** What comes by mail, and what people say before it. */
const MAIL_EN =
  '(?: (?:any|more|of|your|these|such|this|those|further|other|all|kinds?|sorts?|types?|unsolicited|marketing|sales|cold|promotional|commercial|automated|mass|future|the)){0,4} (?:e ?mails?|mails?|messages?|correspondence|communications?|newsletters?|spam|solicitations?|marketing|advertising|advertisements|ads|mailings?|outreach|follow ups?|anything(?: more| else| further)? from you)(?= )(?! (?:software|filters?|platforms?|tools?|campaigns?|address|addresses|marketing|automation|agenc[^ ]*))';
const MAIL_DE =
  '(?:kontakt|e mails?|emails?|mails?|nachrichten?|werbung|werbemails?|werbepost|newsletters?|anfragen|zusendung(?:en)?|anschreiben|kontaktaufnahmen?|kontaktversuche)(?! (?:mehr )?(?:verlieren|verpassen|abbrechen|verschicken|schreiben|schalten|machen|betreiben|schicken wir|versenden))';
const MAIL_FR = '(?:mails?|emails?|e mails?|courriels?|messages?|newsletters?|sollicitations?|publicites?|pubs?|spams?|demarchage)';
const MAIL_ES = '(?:correos?|mails?|emails?|e mails?|mensajes?|publicidad|spam|boletines?|comunicaciones|propaganda)';

/** Words that may stand between “do not” and “contact me”. */
const BETWEEN =
  '(?: (?:ever|again|please|even|try|attempt|attempting|bother|dare|to|be|allowed|permitted|authori[sz]ed|entitled|welcome|want|wish|like|anyone|anybody|you|your|company|team|people|colleagues?|in|the|future|call|phone|text|or|and|nor|continue|keep|e ?mail|e ?mailing|write|writing|contact|contacting|have|permission|consent|my|our|give|gave|given|agree|agreed|consented|send)){0,7}?';
const WRITE =
  '(?:contact|contacting|e ?mail|e ?mailing|mail|mailing|write|writing|message|messaging|approach|approaching|bother|bothering|disturb|spam|spamming|pester|pestering|solicit|soliciting|call|follow up|reach(?:ing)? out|(?:get|getting|be|keep) in (?:touch|contact))';
const ME =
  '(?: to| with)?(?: (?:me|us|again|any ?more|any longer|anyone|anybody|further|this (?:address|company|e ?mail|mailbox|person|inbox)|(?:my|our) (?:company|team|office|staff|employees|firm|organi[sz]ation|business|address|e ?mail|inbox|mailbox))| [^ ]*@[^ ]+)(?= )(?! (?:back|else) )';

const OTHERS = 'they|who|which|customers|clients|partners|users|people|vendors|suppliers|companies';
const NOT_SAID = `(?<! (?:did|have|has|had|could|was|were|why|if|whether|or|i|we|did you|have you|if you|${OTHERS})(?: do)?)`;
/** “I had to remove our address” asks for nothing. */
const NOT_TOLD = '(?<! (?:had to|have to|has to|need to|i|we|ill|well|will|they))';
/** In “if you no longer wish …” a footer speaks. */
const NOT_OTHERS = `(?<! (?:you|${OTHERS})(?: do| would| really)?)`;

const ENGLISH = [
  // “do not ever contact me”, “I ask you not to email us again”, “you are not allowed to write to me”
  `${NOT_SAID} (?:not|dont|never|no longer)(?! (?:you|have to) )${BETWEEN} ${WRITE}${ME}`,
  ` (?:i|we)(?: really| just| simply)? (?:do not|dont|did not|didnt|never|no longer) (?:ever )?(?:want|wish|like|allow|permit|authori[sz]e|consent|agree|give|gave|consented|agreed)${BETWEEN} ${WRITE}${ME}`,
  ` (?:i|we) would not (?:want|wish|like) you${BETWEEN} ${WRITE}${ME}`,
  `(?<! (?:i|we|you|${OTHERS})) (?:do not|dont|never) (?:ever |please |try to )?(?:follow up|reach out|contact)(?= (?:,|on this|about this|$))`,
  ` (?:rather|prefer|appreciate|grateful|like|great|nice|good|better|best|happy|glad)(?: it)?(?: if| that)? you (?:didnt|did not|dont|do not|would not|wouldnt|never|no longer)${BETWEEN} ${WRITE}${ME}`,
  ` (?:rather|prefer|appreciate|grateful|like|great|nice|good|better|best|happy|glad)(?: it)?(?: if| that)? you (?:would )?stop(?:ped)? (?:contact|e ?mail|mail|writ|messag)ing(?= )`,
  ` no circumstances(?: should| must| may| are| shall| do)?${BETWEEN} ${WRITE}${ME}`,
  ` (?:refrain|desist|abstain|cease|stop|quit|avoid|discontinue)(?: from)?(?: (?:any|all|further|ever|and desist))* (?:contacting|e ?mailing|mailing|messaging|writing|reaching out|approaching|bothering|spamming|soliciting|pestering|harassing|following up)(?:${ME}|(?= (?:,|$)))`,
  ` (?:refrain from|cease|stop|quit) sending(?: (?:me|us))?(?:${MAIL_EN}| (?:anything|this|these|stuff|them|out)(?= ))`,
  `${NOT_OTHERS} (?:want|wish|like) (?:you )?to stop (?:receiving|getting|sending)(?: me| us)?${MAIL_EN}`,
  `${NOT_OTHERS} (?:not|dont|no longer|never|nor)(?: really| actually)? (?:want|wish|like|care|consent|agree|agreed|consented|sign up|signed up|ask|asked|interested in|happy)(?: to)?(?: for)? (?:receive|receiving|get|getting|see|seeing|keep (?:receiving|getting)|be sent|continue (?:to receive|receiving))${MAIL_EN}`,
  ` (?:rather|prefer)(?: to)? not(?: to)? (?:receive|receiving|get|getting)${MAIL_EN}`,
  `${NOT_OTHERS} (?:not|dont|no longer) (?:want|wish|appreciate|accept)(?: for)?${MAIL_EN}`,
  `${NOT_SAID} (?:do not|dont|never)(?: (?:ever|please|even|again))* (?:send|forward)(?: (?:me|us))?(?: (?:anything|any ?more|any further|further|more|again|these|this|those|such|your|out|e ?mails?|mails?|messages?|newsletters?|spam|advertising|ads|marketing|unsolicited|sales|cold|promotional|promotions|stuff|junk|crap))(?= )`,
  ` (?:do not|dont|never)(?: (?:ever|please|even|again))* (?:send|forward) (?:me|us)(?= )`,
  ` (?:(?:not|dont|no longer|never) (?:want|wish|like|care|consent|agree|expect)(?: ever)? to|not to|(?:rather|prefer) not(?: to)?) be(?:ing)? (?:contacted|e ?mailed|approached|messaged|solicited|bothered|spammed|disturbed)(?= )`,
  `(?<! (?:had|was|been|have|has|were|saw|got)) no (?:more|further) (?:contact|e ?mails?|mails?|messages?|communications?|correspondence|outreach|solicitations?|spam|mailings?|newsletters?)(?= )(?! (?:back|after|before|until) )`,
  ' (?:am|are|is) not (?:ever )?(?:contacted|e ?mailed) (?:again|any ?more|further)(?= )',
  ' (?:please|kindly|pls) (?:remove|unsubscribe)(?= (?:,|$))',
  `${NOT_TOLD} (?:strike|drop|cross|cut|exclude|purge|scrub|remove|delete|erase|take|leave) (?:me|us|(?:my|our) [^ ,]+)(?= (?:from|off|out of) )(?! off the (?:hook|ground|record))`,
  ` have no (?:wish|desire|intention|interest) (?:to|in|of) (?:(?:receive|receiving|get|getting)${MAIL_EN}|(?:hear|hearing) from you|be contacted|being contacted)`,
  ' (?:erase|delete|remove|destroy)(?: (?:all|any|every|the|of|personal))* (?:(?:my|our)(?: personal)? (?:data|information|records?)|(?:data|information|details|records?)(?: [^ ,]+){0,4} (?:about|on|concerning) (?:me|us))(?= )',
  ' (?:not|dont|never)(?: (?:ever|please|again))* add (?:me|us) to (?:any|your|another|more|other|future|these|this list|a list|lists|mailing)(?= )',
  ' (?:id|we d|wed|i|we|please|must|would)(?: [^ ,]+){0,3} to be (?:taken off|taken out|removed|deleted|unsubscribed|left off|left out|left alone)(?= )',
  ' (?:appreciate|grateful|great|nice|like)(?: it)?(?: if| that)? you (?:would )?(?:removed?|took|take|deleted?|unsubscribed?) (?:me|us|my|our)(?= )',
  ' (?:make|let|is) (?:this|that)(?: be)? (?:the|your) (?:very )?last (?:e ?mail|mail|message)(?= )',
  ' (?:remove|delete|take) (?:the|this|that) (?:(?:e ?mail|mail) )?(?:address|contact|mailbox|inbox)(?= )(?! (?:field|book|bar|in )| (?:from|on|in) (?:the|this|that|my|our) (?!mailing|list|database|system|crm|campaign))',
  `${NOT_OTHERS} (?:not|dont|never|no longer) (?:want|wish|care|like|need)(?: ever)? to (?:ever )?hear (?:anything )?(?:any ?more )?(?:from (?:you|your [^ ]+)|again)(?= )`,
  ' (?:id|wed|i would|we would) (?:much )?(?:rather|prefer) not(?: to)? hear (?:from you|any)',
  `${NOT_TOLD} (?:remove|delete|erase|take|drop|strike|purge) (?:our|my) (?:(?:e ?mail|contact|company|personal|work|business) )?(?:address|e ?mail|data|details|name|information|info|contact|company|record)s? (?:,|$|from|off|immediately|at once|now|please|and|out)`,
];

const GERMAN = [
  ` (?:wunsche|wunschen|mochte|mochten|will|wollen|erbitte|bitte)(?: [^ ,]+){0,4} (?:keine|keinerlei|keinen)(?: (?:weitere|weiteren|solche|solchen|mehr|derartigen|ihrer|art|von|unaufgeforderte))* ${MAIL_DE}`,
  ` (?:mich|uns|mir|adresse|keinesfalls)(?: (?:bitte|kunftig|zukunftig|in zukunft|ab sofort|uber|auf|diesem|diese|wege|adresse))* (?:nicht|nie|keinesfalls)(?: (?:mehr|weiter|erneut|wieder|noch einmal|langer))? (?:zu )?(?:kontaktieren|kontaktiert|anschreiben|anzuschreiben|angeschrieben|schreiben|belastigen|anmailen|mailen)(?= )`,
  ` (?:kontaktieren|schreiben|mailen|belastigen|kontaktiere|schreib|schreibt) (?:sie )?(?:bitte )?(?:mich|uns|mir)(?: (?:bitte|daher|kunftig|in zukunft|ab sofort|per mail|per e mail))* (?:nicht|nie)(?= )(?: (?:mehr|wieder))?`,
  ` (?:senden|schicken|schick|sende|schickt) (?:sie )?(?:bitte )?(?:mir|uns)(?: (?:bitte|daher|kunftig|in zukunft|ab sofort))* (?:nichts(?: mehr)?(?= )|keine(?: (?:weiteren|mehr|solchen))* ${MAIL_DE})`,
  ` von (?:weiterer|weiteren|jeder weiteren|jeglicher|weiteren derartigen|solchen)(?: weiteren)? ${MAIL_DE}`,
  ` keine (?:weiteren |weitere )?(?:werbung|mails|e mails|emails|nachrichten|werbemails|newsletter|kontaktaufnahme|anfragen) (?:mehr )?(?:erwunscht|erhalten|bekommen|empfangen|gewunscht)`,
  ` (?:entfernen|loschen|streichen|nehmen|tragen) (?:sie )?(?:(?:bitte|umgehend|sofort|unverzuglich|daher|alle) )*(?:mich|uns|meine (?:e mail |mail )?(?:adresse|daten|kontaktdaten)|unsere (?:e mail |mail )?(?:adresse|daten|kontaktdaten))(?= )(?! (?:in|mit|als|gern|beim wort|ernst))`,
  ` (?:nichts mehr|nie wieder|nie mehr)(?: etwas)? von (?:ihnen|euch|ihrer firma|ihrem unternehmen)(?: [^ ]+)?`,
  ` (?:mochte|will|mochten|wollen)(?: [^ ,]+){0,3} (?:nichts mehr|nicht mehr) (?:von (?:ihnen|euch) )?(?:horen|kontaktiert|angeschrieben|belastigt)`,
  ` widerrufe[n]? (?:(?:hiermit|ich|wir) )*(?:meine |unsere )?einwilligung`,
  ` (?:horen|hor|hort) (?:sie |bitte |sie bitte )?(?:damit )?auf , (?:mir|uns|mich)(?= )`,
  ` verschonen sie (?:mich|uns)`,
  ' (?:mochte|mochten|will|wollen|wunsche|wunschen)(?: [^ ,]+){0,6} (?:nicht|nie)(?: [^ ,]+){0,2} (?:angeschrieben|kontaktiert|belastigt|angemailt|beworben) werden(?= )',
  ' melden sie sich (?:bitte )?(?:nicht|nie) (?:mehr |wieder )?(?:bei (?:mir|uns)(?= )|(?=$))',
  ' lass(?:en|t)? (?:sie )?(?:mich|uns)(?: [^ ]+)? in (?:ruhe|frieden)(?= (?:,|und |$))',
  ' (?:untersage|untersagen|verbiete|verbitte mir|verbitten uns)(?: [^ ,]+){0,2} (?:jede|jeden|jegliche|jeglichen|die|weitere|weiteren|solche)(?= )',
];

const FRENCH = [
  ` ne (?:souhaite|souhaitons|veux|voulons|desire|desirons)(?: [^ ,]+){0,1}? (?:plus|pas)(?: [^ ,]+){0,2}? (?:recevoir (?:de |d |des |vos |votre |ces |ce type de |ce genre de |d autres |aucun |aucune )*${MAIL_FR}|(?:etre|me faire) (?:re)?(?:contacte|sollicite|demarche|derange|relance)[^ ]*|avoir de vos nouvelles|de (?:vos )?${MAIL_FR}|entendre parler de vous|que vous (?:me|nous) (?:contactiez|ecriviez|relanciez))`,
  ` (?:supprimer|supprimez|retirer|retirez|enlever|enlevez|effacer|effacez|rayer|rayez|radier|radiez|desabonner|desinscrire|oter|otez) (?:moi|nous|mon|notre|mes|nos)(?: (?:adresse|mail|email|e mail|courriel|nom|coordonnees|donnees|contact|contacts|societe|entreprise))?(?= )(?! (?:pas|cette|un|une|doute))`,
  ` (?:me|nous) (?:supprimer|rayer|enlever|effacer|radier|oter|sortir) (?:de|des) (?:votre|vos|la|cette) (?:liste|listes|base|fichier|fichiers|mailing)`,
  ` ne (?:plus|pas|jamais) (?:me|nous|m|jamais me|jamais nous) (?:re)?(?:contacter|ecrire|solliciter|relancer|envoyer|adresser|demarcher|deranger|importuner)(?= )`,
  ` ne (?:me|nous|m) (?:re)?(?:contactez|contacte|ecrivez|ecris|sollicitez|relancez|envoyez|adressez|derangez) (?:plus|pas|jamais)(?= )`,
  ` n (?:envoyez|ecrivez|adressez) plus(?= )`,
  `(?<! (?:ai|a|as|avons|avez|ont|recu|recois|recevons)) (?:plus|pas|aucun|aucune)(?: (?:de|d|vos))* ${MAIL_FR}(?= (?:, |svp|s il|merci|de votre part|non)|$| $)`,
  ` (?:arretez|cessez|arreter|cesser|stoppez)(?: avec)?(?: (?:vos|ces|les|de|d|immediatement))* (?:${MAIL_FR}|envois?|relances?|(?:m|me|nous) [^ ]+er)(?= )`,
  ` je (?:m oppose|retire mon consentement)`,
];

const SPANISH = [
  ` (?:ya )?no (?:deseo|quiero|deseamos|queremos|me interesa|nos interesa) (?:recibir |mas |sus |seguir recibiendo |volver a recibir |que me (?:envien|manden) |que nos (?:envien|manden) )+(?:mas |sus |este tipo de |estos |ningun |ninguna |de sus )*${MAIL_ES}`,
  ` (?:ya )?no (?:deseo|quiero|deseamos|queremos) (?:ser |que me |que nos |que vuelvan? a )+(?:contact|escrib|molest)[^ ]*`,
  ` no (?:me|nos) (?:(?:vuelva[ns]? a|volvieran? a|siga[ns]?) (?:escrib|contact|molest|mand|envi)[^ ]*|(?:escriba|contacte|moleste|mande|envie)[ns]?)(?= )`,
  ` no (?:se ponga[ns]?|te pongas) (?:mas |nunca mas )?en contacto`,
  ` no (?:vuelva[ns]?) a (?:contactar|escribir|enviar|mandar|molestar|llamar)[^ ]*`,
  ` (?:retir|quit|elimin|borr|saqu|saca|suprim)[^ ]*(?:me|nos|enme|enos|ennos) (?:de|inmediatamente)`,
  ` (?:retir|quit|elimin|borr|saqu|suprim)(?:en?|ar|a|an|ir) (?:mi|mis|nuestro|nuestros|nuestra|nuestras) (?:correo|email|e mail|mail|direccion|datos|contacto|nombre|cuenta)(?= )`,
  ` (?:me|nos) (?:den|de|borren|borre|eliminen|elimine|quiten|quite|saquen|saque) (?:de baja|de (?:su|sus|la|esta) (?:lista|listas|base))`,
  ` den?(?:me|nos) de baja`,
  ` abstengan?se? de (?:contactar|escribir|enviar|mandar|seguir)[^ ]*`,
  ` (?:dejen?|cesen?|paren?|deja) (?:ya )?de (?:contact|escrib|envi|mand|molest)[^ ]*`,
];

export const OPT_OUT_CLAUSES: readonly string[] = [...ENGLISH, ...GERMAN, ...FRENCH, ...SPANISH];

const MONTH =
  'january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';

/** What makes a refusal one of a way, a time or a thing, and not of mail: “do not contact me by phone”, “vor Januar”, “a calendar link”. Read
 *  directly behind the refusal, as `plainWords` writes it. */

const WAY =
  '(?:(?:by|via|on|over|per|par|por|am|uber|auf|a|al|through|at) (?:the |my |our |das |mein |meinem |meine |mon |mi |el )?(?:tele|mobile|cell|handy|hand|whats|linked|text|sms|movil|fax|post|teams|slack|zoom|letter|brief|courrier|phone|landline|festnetz)[^ ]*(?= )|(?:in|auf|en) (?:english|german|french|englisch|deutsch|franzosisch|anglais|allemand|francais|ingles|aleman|frances)(?= ))';
const TIME = `(?:(?:before|until|till|vor|bis|avant|jusqu|jusqu au|antes|hasta|during|wahrend|pendant|durante|while|over the)(?! (?:further notice|auf weiteres|nouvel ordre|nuevo aviso|(?:i|ich|je) (?:contact|tell|ask|say|reach|get back|call|write|melde|sage|schreibe))) |(?:in|im|en) (?:${MONTH}|q[1-4]|the next|summer|sommer|den nachsten|diesem|dieser)|(?:today|tomorrow|tonight|heute|morgen|diese woche|this week|this month|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at (?:the )?weekends?|am wochenende|aujourd|cette semaine|hoy|manana|esta semana)(?= ))`;
const COPY =
  '(?:from|of|in|on|off|aus|von|de|del|en) (?:the |your |dem |der |la |el )?(?:b?cc|copy|kopie|copie|copia|invite|invitation|meeting|calendar|call|termin)';
const THING =
  'documents?|dokumente?n?|documentos?|pdfs?|links?|calendar|kalender[^ ]*|invites?|invitations?|einladung[^ ]*|decks?|slides?|presentations?|prasentation[^ ]*|presentacion[^ ]*|brochures?|broschuren?|folletos?|attachments?|anhange?|pieces? jointes?|adjuntos?|archivos?|files?|dateien?|fichiers?|contracts?|vertrage?|contrats?|contratos?|prices?|pricing|preise?|prix|precios?|quotes?|invoices?|rechnung[^ ]*|factures?|facturas?|forms?|videos?|samples?|zip|catalogues?|kataloge?|liens?|enlaces?|enlace|word|excel|paper|papier|papel';

/** For a time only: “do not contact me before January”. */
const NARROWED_IN_TIME = new RegExp(`^(?: (?:again|any ?more|please|bitte|mehr|nicht|plus|pas|mas))* ${TIME}`, 'u');
/** For a time, a way or a copy only. “By phone or email” is both. */
export const NARROWED = new RegExp(
  `${NARROWED_IN_TIME.source}|^(?: (?:again|any ?more|please|bitte|mehr|nicht|plus|pas|mas))* (?:${WAY}(?! (?:or|and|oder|und|ou|et|o|y|nor) )|${COPY})`,
  'u',
);
/** Things that are sent with a mail, or by it. They narrow a refusal to send. */
export const A_THING = new RegExp(`^(?: (?!about|regarding|with)[^ ,]+){0,4} (?:${THING})(?= )`, 'u');
export const SENDS = /(?<!(?:stop|quit|cease|refrain from) )(?:send|forward|envoy|envi[aeo]|mand[ae]|schick|invi[ai])/u;

/** Says that a link or an address stands there for whoever wants to end something, as footers do. */
export const OFFERS_A_WAY_OUT =
  /^ (?:to|um|pour|para|per|om|si|se|wenn|falls) | (?:here|click|clicking|links?|https?|www|this group|if you (?:no longer|do not|dont|wish|want|would|prefer|received)|you can|you may|at any time|visit|preferences|settings|hier|klicken|klick|wenn sie|falls sie|jederzeit|ici|cliquez|cliquer|lien|si vous|a tout moment|aqui|haga clic|pulse|clic|enlace|si no desea|si ya no|si desea|klik|clique)(?= )/u;
export const ENDS_A_SUBSCRIPTION =
  / (?:unsubscri|opt out|opting out|receiv|remove|abmeld|abbestell|austrag|erhalten|desabonn|desinscri|recevoir|retirer|de baja|darse|suscripci|recibir|disiscri|ricevere|uitschrij|afmeld)/u;
/** Then somebody asks, and no footer. */
export const OF_THEMSELVES =
  / (?:i|im|id|me|my|(?:unsubscribe|remove) us|ich|mich|mir|mein[^ ]*|je|j|moi|desabonnez nous|mon|mes|yo|mi|mis|darme|darnos)(?= )/u;
