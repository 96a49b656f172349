import { MONTH } from './calendar-words.ts';

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
export const NARROWED_IN_TIME = new RegExp(`^(?: (?:again|any ?more|please|bitte|mehr|nicht|plus|pas|mas))* ${TIME}`, 'u');
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
