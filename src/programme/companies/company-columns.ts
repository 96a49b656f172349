import { cleanText, shortenText } from './clean-text.ts';

/** Column titles by what they mean, best first, as `normalise` leaves them. Of two columns for one field the better title wins. */
const TITLES = {
  domain: 'domain companydomain domainname webdomain websitedomain accountdomain companydomainname primarydomain',
  website: 'website websiteurl companywebsite accountwebsite homepage homepageurl url companyurl webaddress web site webpage weburl link',
  name: 'companyname company name accountname account organisation organization organisationname organizationname business businessname firm',
  oneLiner: 'oneliner tagline shortdescription slogan headline summary pitch',
  description: 'description companydescription longdescription about aboutus overview details bio',
  industries: 'industries industry companyindustry sectors sector vertical verticals category categories',
  tags: 'tags tag keywords keyword topics labels specialties specialities technologies',
  teamSize: 'teamsize employees employeecount numberofemployees numemployees noofemployees companysize headcount staff people size fte',
  sizeBand: 'sizeband sizerange employeerange employeesrange employeeband',
  locations: 'locations location hq headquarters headquarter hqlocation companylocation address offices',
  city: 'city hqcity companycity billingcity town',
  region: 'state stateregion region province companystate billingstate stateprovince',
  country: 'country hqcountry companycountry billingcountry countryregion',
  founded: 'founded yearfounded foundedyear foundingyear foundedin founding foundeddate established',
  status: 'status companystatus operatingstatus',
  aliases: 'aliases alias alsoknownas aka othernames formernames formername formerlyknownas dba tradingas',
  id: 'id companyid recordid accountid',
} as const;

export type ColumnField = keyof typeof TITLES;
export type Column = { index: number; title: string };
/** `ignored` are the titles nothing is read from, in the order of the file. */
export type ColumnMatch = { fields: Partial<Record<ColumnField, Column>>; ignored: string[] };

const FIELDS = Object.keys(TITLES).filter((key): key is ColumnField => key in TITLES);
const MAX_TITLE = 60;

/** Finds the column of each known field. Titles are compared by their letters and digits alone, so “# Employees” and “employees” are one. */
export function matchColumns(header: string[]): ColumnMatch {
  const titles = header.map((title, index) => ({ index, title: shortenText(cleanText(title), MAX_TITLE).text, plain: normalise(title) }));
  const fields: ColumnMatch['fields'] = {};
  for (const field of FIELDS) {
    const best = TITLES[field]
      .split(' ')
      .map((wanted) => titles.find(({ plain }) => plain === wanted))
      .find((found) => found !== undefined);
    if (best) fields[field] = { index: best.index, title: best.title };
  }
  const used = new Set(Object.values(fields).map(({ index }) => index));
  return { fields, ignored: titles.filter(({ index, title }) => !used.has(index) && title !== '').map(({ title }) => title) };
}

function normalise(title: string): string {
  const letters = title.normalize('NFKD').toLowerCase();
  return letters.replace(/[^\p{L}\p{N}]/gu, '');
}
