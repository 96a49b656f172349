import type { Candidate } from './fit.ts';
import { plainName } from './gates.ts';

/** Companies that everybody knows or that have more than 10,000 people, from general knowledge: a first mail of a small vendor reaches
 *  nobody there, whatever else is on file. */
const HOUSEHOLD_NAMES: ReadonlySet<string> = new Set(
  `3m, accenture, adobe, adp, airbnb, alibaba, alibaba cloud, amazon, amazon web services, amd, american express, anthropic, apple,
  at&t, atos, aws, azure, baidu, bain, bcg, bloomberg, bmw, boeing, booking.com, booz allen hamilton, bosch, broadcom, bt, bytedance,
  caci, canon, capgemini, capital one, cgi, cisco, cognizant, coinbase, comcast, conduent, dell, dell technologies, deloitte,
  deutsche telekom, dhl, discord, disney, doordash, dxc, dxc technology, ebay, epam, epic games, equifax, ericsson, ernst & young,
  etsy, expedia, experian, ey, facebook, fedex, fiserv, ford, fujitsu, gdit, ge, general dynamics,
  general dynamics information technology, general electric, github, godaddy, goldman sachs, google, google cloud, google workspace,
  hewlett packard enterprise, hitachi, honeywell, hp, hpe, huawei, huawei cloud, ibm, ikea, infosys, instacart, instagram, intel,
  intuit, jpmorgan, kpmg, kyndryl, leidos, lenovo, lexisnexis, lg, linkedin, lockheed martin, lyft, mastercard, maximus, mckinsey,
  mercado libre, meta, microsoft, microsoft azure, motorola, motorola solutions, nec, netflix, nike, nokia, northrop grumman, ntt,
  ntt data, nvidia, openai, oracle, orange, panasonic, paychex, paypal, peraton, philips, pinterest, pricewaterhousecoopers, pwc,
  qualcomm, quickbooks, quora, rakuten, raytheon, red hat, reddit, robinhood, saic, salesforce, samsung, samsung sds, sap,
  servicenow, shopify, siemens, slack technologies, snap, snapchat, sony, sopra steria, spotify, square, stripe, swisscom, t-mobile,
  t-systems, tata communications, tata consultancy services, tcs, telefonica, tencent, tencent cloud, tesla, thales, thomson reuters,
  tiktok, toshiba, toyota, twitch, twitter, uber, unisys, ups, verizon, visa, vmware, vodafone, volkswagen, walmart, whatsapp,
  wikipedia, wipro, wordpress, workday, xerox, yahoo, yahoo!, youtube, zalando`
    .split(/,\s+/)
    .map(plainName),
);

/** Named by so many of the companies on file, and at least by so many, it is known to everybody. */
const KNOWN_TO = 0.0035;
const KNOWN_TO_AT_LEAST = 30;

export function isKnownByName({ name }: Pick<Candidate, 'name'>): boolean {
  return HOUSEHOLD_NAMES.has(plainName(name.replace(/\(.*?\)/g, ' ')));
}

/** `largest`: people. Of a company in a band, its fewest are known. */
export function isTooLarge({ teamSize, sizeBand }: Pick<Candidate, 'teamSize' | 'sizeBand'>, largest: number): boolean {
  const people = teamSize ?? (sizeBand ? Number.parseInt(sizeBand, 10) : 0);
  return people > largest;
}

/** Of `companies` on file so many name it that everybody knows it. */
export function isNamedByAll(by: number, companies: number): boolean {
  return by >= Math.max(KNOWN_TO_AT_LEAST, KNOWN_TO * companies);
}
