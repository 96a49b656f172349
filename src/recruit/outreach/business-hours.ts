import { TZDate } from '@date-fns/tz';
import { addDays, addMinutes } from 'date-fns';
import { countryOf } from '../policy/countries.ts';

/** Mails a day. Source: README, "Caps, hours and follow-ups"; mailboxes that send more cold mail lose their good name. */
export const PER_MAILBOX = 20;
export const PER_WORKSPACE = 100;

/** Local hours a message may arrive in, Monday to Friday. Source: README, "Caps, hours and follow-ups". */
const FROM_HOUR = 9;
const TO_HOUR = 17;
/** Where a country is too wide to have such an hour in common. */
const WIDE_FROM = 8;
const WIDE_TO = 20;
const STEP_MINUTES = 15;
const LOOK_DAYS = 7;

/** States and provinces by the zone of most of their people, by country: the same two letters mean different places. */
const STATE_ZONES: Record<string, Record<string, string>> = {
  US: {
    'America/New_York': 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV',
    'America/Chicago': 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI',
    'America/Denver': 'CO ID MT NM UT WY',
    'America/Phoenix': 'AZ',
    'America/Los_Angeles': 'CA NV OR WA',
    'America/Anchorage': 'AK',
    'Pacific/Honolulu': 'HI',
  },
  CA: {
    'America/Toronto': 'ON QC',
    'America/Winnipeg': 'MB',
    'America/Edmonton': 'AB',
    'America/Regina': 'SK',
    'America/Vancouver': 'BC',
    'America/Halifax': 'NB NS PE',
    'America/St_Johns': 'NL',
  },
};
const STATES = new Map(
  Object.entries(STATE_ZONES).map(([country, zones]) => [
    country,
    new Map(Object.entries(zones).flatMap(([zone, states]) => states.split(' ').map((state) => [state, zone] as const))),
  ]),
);

/** The zones a recipient may be in: one where the state is known, else all of the country. */
export function zonesOf(country: string, locations: readonly string[]): string[] {
  const states = new Set(locations.flatMap((location) => statesIn(location, country)));
  const [state] = states;
  const known = states.size === 1 && state ? STATES.get(country)?.get(state) : undefined;
  if (known) return [known];
  // Node 20 has the property; newer ones have the method of the standard (ECMA-402, Intl Locale Info).
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length > 0 ? zones : ['UTC'];
}

/** The states of this country that a place such as “Halifax, NS, Canada” names. None where it names another country, or letters that are
 *  neither: all of a country's zones make a mail wait, a wrong one brings it at night. */
function statesIn(location: string, country: string): string[] {
  const states = STATES.get(country);
  const codes = [...location.matchAll(/,\s*([A-Z]{2})\b/g)].flatMap(([, code = '']) => code);
  const isElsewhere = (countryOf([location]) ?? country) !== country || codes.some((code) => code !== country && !states?.has(code));
  return isElsewhere ? [] : codes.filter((code) => states?.has(code));
}

/** The next moment, `at` itself if it is one, when it is business time in every zone. */
export function nextBusinessTime(zones: readonly string[], at: Date): Date {
  return (
    nextWithin(distinct(zones, at), at, FROM_HOUR, TO_HOUR) ??
    nextWithin(distinct(zones, at), at, WIDE_FROM, WIDE_TO) ??
    nextWithin(zones.slice(0, 1), at, FROM_HOUR, TO_HOUR) ??
    at
  );
}

function nextWithin(zones: readonly string[], at: Date, from: number, to: number): Date | null {
  const isOpen = (moment: Date) => zones.every((zone) => isBusinessTime(new TZDate(moment, zone), from, to));
  if (isOpen(at)) return at;
  const step = STEP_MINUTES * 60_000;
  const end = addDays(at, LOOK_DAYS);
  for (let moment = new Date(Math.ceil(at.getTime() / step) * step); moment < end; moment = addMinutes(moment, STEP_MINUTES)) {
    if (isOpen(moment)) return moment;
  }
  return null;
}

function isBusinessTime(local: TZDate, from: number, to: number): boolean {
  const day = local.getDay();
  return day >= 1 && day <= 5 && local.getHours() >= from && local.getHours() < to;
}

/** One zone for each clock, now and at the end of the search: a country has many zones and few clocks. */
function distinct(zones: readonly string[], at: Date): string[] {
  const clock = (zone: string) => [at, addDays(at, LOOK_DAYS)].map((moment) => new TZDate(moment, zone).getTimezoneOffset()).join();
  return [...new Map(zones.map((zone) => [clock(zone), zone])).values()];
}
