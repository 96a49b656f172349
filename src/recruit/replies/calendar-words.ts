/** Words for days, months and spans in English, German, French and Spanish, as `plainWords` writes them. */
const MONTHS: readonly string[] = [
  'january|jan|januar|janner|janvier|janv|enero',
  'february|feb|februar|fevrier|fevr|febrero',
  'march|mar|marz|mars|marzo',
  'april|apr|avril|avr|abril',
  'may|mai|mayo',
  'june|jun|juni|juin|junio',
  'july|jul|juli|juillet|juil|julio',
  'august|aug|aout|agosto',
  'september|sep|sept|septembre|septiembre',
  'october|oct|okt|oktober|octobre|octubre',
  'november|nov|novembre|noviembre',
  'december|dec|dez|dezember|decembre|diciembre|dic',
];
export const MONTH = MONTHS.join('|');
/** In English, of 1 to 12. */
export function monthName(month: number): string | undefined {
  return MONTHS[month - 1]?.split('|')[0];
}
export function monthOf(word: string): number {
  return MONTHS.findIndex((names) => names.split('|').includes(word));
}

/** By ISO number less one: Monday is 0. */
const WEEKDAYS: readonly string[] = [
  'monday|montag|lundi|lunes',
  'tuesday|dienstag|mardi|martes',
  'wednesday|mittwoch|mercredi|miercoles',
  'thursday|donnerstag|jeudi|jueves',
  'friday|freitag|vendredi|viernes',
  'saturday|samstag|samedi|sabado',
  'sunday|sonntag|dimanche|domingo',
];
export const WEEKDAY = WEEKDAYS.join('|');
export function weekdayOf(word: string): number {
  return WEEKDAYS.findIndex((names) => names.split('|').includes(word));
}

const NUMBERS: readonly string[] = [
  'a|an|one|ein|eine|einem|einer|einen|un|une|uno|una',
  'two|zwei|deux|dos|couple|a couple of|couple of|ein paar|paar|un par de',
  'three|drei|trois|tres|few|a few|einigen|quelques|unos|unas|algunos|algunas',
  'four|vier|quatre|cuatro',
  'five|funf|cinq|cinco',
  'six|sechs|seis',
  'seven|sieben|sept|siete',
  'eight|acht|huit|ocho',
  'nine|neun|neuf|nueve',
  'ten|zehn|dix|diez',
  'eleven|elf|onze|once',
  'twelve|zwolf|douze|doce',
];
export const NUMBER = `\\d{1,3}|${NUMBERS.join('|')}`;
export function numberOf(word: string): number {
  return /^\d/.test(word) ? Number(word) : NUMBERS.findIndex((names) => names.split('|').includes(word)) + 1;
}

const UNITS = {
  days: 'days?|tag|tage|tagen|tages|jours?|dias?',
  weeks: 'weeks?|woche|wochen|semaines?|semanas?',
  months: 'months?|monat|monate|monaten|monats|mois|mes|meses',
  quarters: 'quarters?|quartal|quartale|quartalen|quartals|trimestres?',
  years: 'years?|jahr|jahre|jahren|jahres|ans?|annees?|anos?',
} as const;
export type Unit = keyof typeof UNITS;
export const UNIT = Object.values(UNITS).join('|');
export function unitOf(word: string): Unit | null {
  const found = Object.entries(UNITS).find(([, names]) => new RegExp(`^(?:${names})$`).test(word));
  return found ? (found[0] as Unit) : null; // the keys of UNITS
}

export const EARLY =
  'early|beginning of|start of|the beginning of|the start of|anfang|beginn|debut|au debut de|debut de|a principios de|principios de|a inicios de|inicios de';
export const MID = 'mid|middle of|the middle of|mitte|mi|a mediados de|mediados de';
export const LATE = 'late|end of|the end of|ende|fin|a la fin de|fin de|a finales de|finales de|a fines de|fines de|final de';
/** A day that is still part of the wait. */
export const PAST_DAY =
  'after|until|till|til|through|thru|nach|nach dem|bis|bis zum|bis einschliesslich|apres|apres le|jusqu au|jusqu a|jusqua|jusquau|despues del|despues de|hasta|hasta el|hasta finales de';
export const NEXT =
  'next|the next|nachste|nachsten|nachstes|nachster|kommende|kommenden|kommendes|prochain|prochaine|proximo|proxima|el proximo|la proxima';
/** Between such a word and its day, short weekdays among them. */
export const SKIPPED =
  'the|den|dem|der|le|la|el|l|einschliesslich|inkl|incl|including|mon|tues?|wed|thur?s?|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|,';
/** Says that a day lies behind. */
export const PAST_START = 'since|seit|depuis';
