import type { DealNews, MailedStep, PartnerTemplate, TemplateValues } from './partner-mail.ts';

/** Who writes to whom. */
export type MailNames = { company: string; sender: string; postalAddress: string; person: string };
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

type Words = { subject: string; lines: string[] };

/** Every mail that the product itself sends to partners' own people. Nothing a model wrote, nothing of other partners. */
const TEMPLATES: { [Template in PartnerTemplate]: (values: TemplateValues[Template], names: MailNames) => Words } = {
  'page-link': ({ url, minutes }, { company }) => ({
    subject: `Your partner page at ${company}`,
    lines: [
      'This link opens your partner page. There you register deals, see the ones you have registered, and say how you want to be paid.',
      url,
      `It works once, in the next ${minutes} minutes, and it is for you alone: do not pass it on. The page itself sends you a new one whenever you need it.`,
      'If you did not ask for it, you need not do anything.',
    ],
  }),
  deal: ({ url, customer, outcome }, { company }) => ({
    subject: OUTCOME_SUBJECTS[outcome](company),
    lines: [
      `This is about ${customer.replace(/\s+/g, ' ').slice(0, 200)}, which your company registered with ${company}.`,
      OUTCOME_LINES[outcome],
      url
        ? `Your partner page shows all of it, and there you answer. Ask for the link here, with the address that this mail went to: ${url}`
        : 'Answer this mail, and you hear more.',
    ],
  }),
  reminder: ({ url, partner, steps }, { company }) => ({
    subject: steps.length === 1 ? `A step waits for you at ${company}` : `${steps.length} steps wait for you at ${company}`,
    lines: [
      `This waits for you on the checklist that ${partner} shares with ${company}:`,
      steps.map(stepLine).join('\n'),
      `Your partner page shows the whole list, and most of it is done there. Ask for the link here, with the address that this mail went to: ${url}`,
      `You get this because you are the main contact of ${partner} at ${company}. If somebody else is, answer this mail and say who.`,
    ],
  }),
  'deal-part': ({ url, partner, customer, part }, { company }) => {
    const named = customer.replace(/\s+/g, ' ').slice(0, 200);
    return {
      subject: `You have a part in a deal at ${company}`,
      lines: [
        `${company} added ${partner} to a deal that another partner registered: ${named}. Your part: ${part}.`,
        ...(url ? [`Your partner page shows how it stands. Ask for the link here, with the address that this mail went to: ${url}`] : []),
        'Answer this mail if something is not right.',
      ],
    };
  },
  payout: ({ url, partner, sum, day, reference, isBack }, { company }) => {
    const on = DAY.format(new Date(Date.parse(day)));
    const paid = `${company} paid ${partner} ${sum} on ${on}. The reference is ${reference.replace(/\s+/g, ' ')}.`;
    const back = `${company} told you that ${partner} was paid ${sum} on ${on}. That was taken back: the sum is owed to you again and comes with a later payout. If the money has reached you, answer this mail.`;
    return {
      subject: isBack ? `The payout of ${sum} was taken back` : `${company} paid you ${sum}`,
      lines: [
        isBack ? back : paid,
        ...(url ? [`Your partner page shows what it is made of, and why. Ask for the link here: ${url}`] : []),
        `You get this because ${partner} is a partner of ${company}. Answer this mail if something is not right.`,
      ],
    };
  },
  'deal-news': ({ url, partner, customer, news, until, because }, { company }) => {
    const named = customer.replace(/\s+/g, ' ').slice(0, 100);
    const { subject, line } = DEAL_WORDS[news](named, until ? DAY.format(new Date(Date.parse(until))) : '');
    return {
      subject,
      lines: [
        because ? `${line} The reason: ${because}` : line,
        ...(news === 'partnership-ended' || !url ? [] : [`Your partner page shows all deals of ${partner}. Ask for the link here: ${url}`]),
        `You get this because ${partner} registered this deal at ${company}. Answer this mail if something is not right.`,
      ],
    };
  },
};

const DEAL_WORDS: Record<DealNews, (customer: string, until: string) => { subject: string; line: string }> = {
  warned: (customer, until) => ({
    subject: `${customer}: protected until ${until}`,
    line: `The protection of your deal ${customer} ends on ${until}. If you need more time, answer this mail and say what you did since it was approved; more time is given once.`,
  }),
  stalled: (customer) => ({
    subject: `${customer}: still on it?`,
    line: `Nobody has logged anything on your deal ${customer} for 30 days. If you are still on it, answer this mail with a sentence on where it stands. If not, say so, and it is withdrawn.`,
  }),
  extended: (customer, until) => ({
    subject: `${customer}: protected until ${until}`,
    line: `You have more time: your deal ${customer} is protected until ${until}.`,
  }),
  left: (customer, until) => ({
    subject: `${customer}: the protection ends on ${until} as before`,
    line: `You asked for more time on ${customer}. The protection ends on ${until} as before.`,
  }),
  expired: (customer, until) => ({
    subject: `${customer}: the protection has ended`,
    line: `The protection of your deal ${customer} ended on ${until}. You can register the account again.`,
  }),
  revoked: (customer) => ({
    subject: `${customer}: the protection was taken back`,
    line: `The protection of your deal ${customer} was taken back.`,
  }),
  'partnership-ended': (customer) => ({
    subject: `${customer}: the registration has ended`,
    line: `The partnership has ended, and the registration of ${customer} with it.`,
  }),
  withdrawn: (customer) => ({
    subject: `${customer}: withdrawn`,
    line: `The registration of ${customer} was withdrawn. You can register the account again.`,
  }),
  won: (customer) => ({ subject: `${customer}: won`, line: `Your deal ${customer} is won. Congratulations.` }),
  lost: (customer) => ({ subject: `${customer}: closed as lost`, line: `Your deal ${customer} was closed as lost.` }),
};

const OUTCOME_SUBJECTS = {
  ask: (company: string) => `A question from ${company} about a deal you registered`,
  approve: (company: string) => `${company} approved a deal you registered`,
  reject: (company: string) => `${company} did not accept a deal you registered`,
};

const OUTCOME_LINES = {
  ask: 'There is a question for you. The review goes on when you have answered it.',
  approve: 'It is approved: the account is yours until the day that your page names.',
  reject: 'It was not accepted. Your page says why, and there you can appeal once if you know something they do not.',
};

function stepLine({ title, dueOn, late }: MailedStep): string {
  const since = late === 0 ? '' : late === 1 ? ', 1 working day late' : `, ${late} working days late`;
  return `- ${title.replace(/\s+/g, ' ')} (due ${DAY.format(new Date(Date.parse(dueOn)))}${since})`;
}

/** Subject and text of a mail, plain. */
export function mailWords<Template extends PartnerTemplate>(
  template: Template,
  values: TemplateValues[Template],
  names: MailNames,
): { subject: string; text: string } {
  const { subject, lines } = TEMPLATES[template](values, names);
  const hello = names.person ? `Hello ${names.person},` : 'Hello,';
  return { subject, text: [hello, ...lines, `${names.sender}\n${names.company}\n${names.postalAddress}`].join('\n\n') };
}
