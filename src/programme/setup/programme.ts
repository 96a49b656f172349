import { z } from 'zod';
import { registrableDomain } from '../companies/domain-name.ts';
import { CODED, holdsEncodedWord, isOneLine, ONE_LINE } from './header-text.ts';

/** The seven kinds of partner a programme can want; stable in data, code and the command line. */
export const PARTNER_TYPES = ['reseller', 'affiliate', 'referral', 'technology', 'agency', 'consultant', 'co-marketing'] as const;
export const PartnerType = z.enum(PARTNER_TYPES);
export type PartnerType = z.infer<typeof PartnerType>;

const TIME_ZONES = new Set(Intl.supportedValuesOf('timeZone').concat('UTC'));

/** One name or domain a line, as typed; blank lines and doubles go. */
const nameList = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split(/[\n,;]+/).map((line) => line.trim()))].filter(Boolean));

/** What setup asks about the company itself. */
export const OwnCompany = z.object({
  name: z.string('Name your company').trim().min(2, 'Name your company').max(100, 'Shorten the name').refine(isOneLine, ONE_LINE),
  website: z
    .string('Give your website')
    .refine((site) => 'domain' in registrableDomain(site), 'Give your web domain, such as example.com')
    .transform((site) => {
      const found = registrableDomain(site);
      return 'domain' in found ? found.domain : site;
    }),
  sells: z.string('Say what you sell').trim().min(10, 'Say in a sentence what you sell: the fit score reads it').max(1000),
  customers: z.string('Say who buys it').trim().min(5, 'Say in a few words who buys it: the fit score reads it').max(1000),
  regions: z.string('Name your regions').trim().min(2, 'Name the countries or regions you sell in').max(300),
  partnerTypes: z.array(PartnerType, 'Choose at least one type').min(1, 'Choose at least one type of partner').max(PARTNER_TYPES.length),
});
export type OwnCompany = z.infer<typeof OwnCompany>;
/** As it is typed; its name stands in subjects. What is stored from before is still read. */
export const NewOwnCompany = OwnCompany.refine(({ name }) => !holdsEncodedWord(name), { path: ['name'], message: CODED });

/** Companies with more people are not offered for a first mail, unless the team says otherwise. */
export const LARGEST = 5_000;

/** Companies that are never suggested: domains (`example.com`) or exact names, and those with more people than `largest`. */
export const LeaveOut = z.object({
  competitors: nameList,
  customers: nameList,
  existing: nameList,
  largest: z.coerce
    .number('Give a number of people')
    .int('Give a whole number')
    .min(10, 'At least 10')
    .max(10_000_000, 'At most 10,000,000')
    .default(LARGEST),
});
export type LeaveOut = z.infer<typeof LeaveOut>;

export const DigestSettings = z.object({
  channel: z.string('Choose the channel').min(1, 'Choose the channel'),
  /** Local hour, 0–23. */
  hour: z.coerce.number('Choose the hour').int().min(0).max(23),
  timeZone: z.string('Choose the time zone').refine((zone) => TIME_ZONES.has(zone), 'Choose a time zone from the list'),
  /** ISO weekdays: 1 is Monday, 7 is Sunday. */
  weekdays: z
    .array(z.coerce.number('Choose days of the week').int().min(1).max(7), 'Choose at least one day')
    .min(1, 'Choose at least one day'),
  count: z.coerce.number('Give a number from 1 to 10').int('Give a whole number').min(1, 'At least 1').max(10, 'At most 10 a day'),
});
export type DigestSettings = z.infer<typeof DigestSettings>;

/** Who outreach comes from. The postal address is required in every message by US law (CAN-SPAM) and shown at its end. */
export const Sender = z.object({
  name: z.string('Name the sender').trim().min(2, 'Name the person that outreach comes from').max(100).refine(isOneLine, ONE_LINE),
  /** In lower case: answers are matched by it. */
  address: z
    .email('Give an e-mail address your mail server may send from')
    .max(200)
    .transform((address) => address.toLowerCase()),
  postalAddress: z.string('Give a postal address').trim().min(10, 'Give the full postal address: the law asks for it').max(300),
});
export type Sender = z.infer<typeof Sender>;
/** As it is typed. What is stored from before is still read, and refused when it is to leave. */
export const NewSender = Sender.refine(({ name }) => !holdsEncodedWord(name), { path: ['name'], message: CODED });

/** What a person said against the reading of `company`: ids of fields and of a relation, in the vocabulary of the fit score, which alone
 *  knows it. */
export const ReadingCorrection = z.object({ areas: z.array(z.string()).optional(), relation: z.string().optional() });
export type ReadingCorrection = z.infer<typeof ReadingCorrection>;

/** A workspace's settings; a part that is null has not been filled in yet. */
export const Programme = z.object({
  workspaceId: z.string(),
  company: OwnCompany.nullable(),
  /** `largest` is absent where nobody has set it: `LARGEST` holds. */
  leaveOut: z.object({
    competitors: z.array(z.string()),
    customers: z.array(z.string()),
    existing: z.array(z.string()),
    largest: z.number().optional(),
  }),
  corrected: ReadingCorrection.nullable(),
  digest: DigestSettings.nullable(),
  sender: Sender.nullable(),
  /** The team wants no research that nobody asked for. */
  researchPaused: z.boolean().optional(),
  /** When the next digest is due, UTC; kept so that the sweep reads an index instead of computing every workspace's clock. */
  nextDigestAt: z.date().nullable(),
});
export type Programme = z.infer<typeof Programme>;

/** The parts of set-up, in the order they are asked. */
export const SETUP_STEPS = ['company', 'leaveOut', 'digest', 'sender'] as const;
export const SetupStep = z.enum(SETUP_STEPS);
export type SetupStep = z.infer<typeof SetupStep>;

/** Steps still to do; `leaveOut` may stay empty. */
export function setupGaps(programme: Programme): SetupStep[] {
  return (['company', 'digest', 'sender'] as const).filter((step) => programme[step] === null);
}
