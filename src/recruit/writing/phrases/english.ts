import { readsAsEnglish } from '../own-words.ts';
import type { Phrases } from '../writing.ts';

/** What set-up says, as it stands: any word of it may be a name. In quotation marks where it is another language. */
function ownWords(lead: string, text: string): string {
  if (!readsAsEnglish(text)) return sentence(`${lead} “${text}”`);
  return isWholeSentence(text) ? sentence(text.charAt(0).toUpperCase() + text.slice(1)) : sentence(`${lead} ${text}`);
}

/** With an end mark, on one line. */
function sentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return /[.!?…]["”»“]?$/.test(plain) ? plain : `${plain}.`;
}

/** What people wrote about themselves in the first person, or about “our” customers, stands by itself. */
function isWholeSentence(text: string): boolean {
  return /^(we|our)\b/i.test(text.trim());
}

const SAID_OF_THEM: Phrases['reason']['line'] = [
  (them, quote) => `I made a note of this about ${them}: ${quote}. That is why I am getting in touch.`,
];

export const ENGLISH: Phrases = {
  quoted: (text) => `“${text}”`,
  greeting: { plain: (name) => `Hello ${name},`, warm: (name) => `Hi ${name},`, formal: (name) => `Dear ${name},` },
  closing: { plain: 'Best regards,', warm: 'Warm regards,', formal: 'Yours sincerely,' },
  subject: {
    technology: (own, them) => `${own} and ${them}: working together?`,
    reseller: (own, them) => `Should ${them} offer ${own}?`,
    affiliate: (own) => `${own} for your audience?`,
    referral: (own, them) => `${own} and ${them}: introductions?`,
    agency: (own) => `${own} in your client projects?`,
    consultant: (own) => `${own} for your clients?`,
    'co-marketing': (own, them) => `${own} and ${them}: a joint project?`,
  },
  reason: {
    line: SAID_OF_THEM,
    text: SAID_OF_THEM,
    field: [(them, quote) => `I am writing because ${them} is listed under ${quote}.`],
    place: [(them, quote) => `I am looking for partners around ${quote}, and ${them} is there.`],
    founded: [(them, year) => `${them} has been going since ${year}, and I would rather ask somebody who knows the trade.`],
  },
  addition: {
    line: (them, quote) => `Where I see the fit is this line about ${them}: ${quote}.`,
    text: (them, quote) => `One thing I left out is this about ${them}: ${quote}.`,
    field: (them, quote) => `One thing I left out: ${them} is listed under ${quote}, which is part of why I ask.`,
    place: (them, quote) => `${them} is in ${quote}, so name any hour of your day and I will make it fit.`,
    founded: (them, year) => `${them} has been going since ${year}, so your view would help me even if it is a no.`,
  },
  onTheirSite: (quote) => `Your website says: ${quote}. That is why I am getting in touch.`,
  shares: (ours) => `We work with ${ours} too.`,
  intro: (sender, own) => `I am ${sender} from ${own}.`,
  offer: (sells, customers) => {
    const what = /^an? /i.test(sells) && readsAsEnglish(sells) ? sentence(`We offer a${sells.slice(1)}`) : ownWords('What we do:', sells);
    return customers === null ? what : `${what} ${ownWords('Who buys it:', customers)}`;
  },
  begins: {
    sells: 'We offer',
    customers: 'Our customers are',
    they: 'You could',
    gain: 'For you:',
    firstStep: 'We could start small:',
  },
  ifSame: (customers, they) => `If you work with ${customers} as well, you could ${they}.`,
  ideaIs: 'My idea:',
  ideaIfSame: 'My idea, if you meet the same people:',
  idea: {
    technology: (own, them) => `${own} and ${them} work together, so that whoever uses both need not connect them by hand.`,
    reseller: (own, them) => `${them} offers ${own} to its own customers.`,
    affiliate: (own, them) => `where ${own} fits, ${them} recommends it to its audience, on terms we put in writing first.`,
    referral: () => 'when a customer of yours needs what we do, you introduce us, and the other way round.',
    agency: (own, them) => `${them} uses ${own} in client projects where it fits.`,
    consultant: (own, them) => `${them} advises its clients on ${own} and sets it up with them.`,
    'co-marketing': () => 'one joint piece, such as a guide or a webinar, for your audience and ours.',
  },
  humble: 'If I have this wrong, please say so.',
  ask: {
    plain: 'Could you spare 20 minutes for a call in the next two weeks? A one-line reply is fine.',
    warm: 'Shall we talk it over for 20 minutes in the next two weeks? A short yes or no helps me either way.',
    formal: 'May I propose a call of 20 minutes in the next two weeks? A short answer is enough.',
  },
  askShort: 'Could you spare 20 minutes for a call?',
  topic: {
    technology: (own, them) => `connecting ${own} and ${them}`,
    reseller: (own, them) => `${them} offering ${own}`,
    affiliate: (own, them) => `${own} for the audience of ${them}`,
    referral: () => 'introductions between your customers and ours',
    agency: (own) => `using ${own} in your client projects`,
    consultant: (own) => `advising your clients on ${own}`,
    'co-marketing': () => 'one joint piece for both audiences',
  },
  before: (topic) => `My last message was about ${topic}.`,
  last: (topic) => `One last note about ${topic}.`,
  smallStep: {
    technology: 'To keep it small, we could begin with one customer who uses both, and stop there if it does not help.',
    reseller: 'To keep it small, we could begin with one customer of yours, and stop there if it does not help.',
    affiliate: 'To keep it small, we could begin with one mention, and stop there if nobody cares.',
    referral: 'To keep it small, we could begin with one introduction each way, and see how it goes.',
    agency: 'To keep it small, we could begin with one project, and stop there if it does not help.',
    consultant: 'To keep it small, we could begin with one client, and stop there if it does not help.',
    'co-marketing': 'To keep it small, we could begin with one short article, and see who reads it.',
  },
  askAgain: {
    plain: 'Would 20 minutes next week suit you?',
    warm: 'Would 20 minutes next week suit you? If another time is better, any will do.',
    formal: 'Would a call of 20 minutes next week suit you?',
  },
  askWho: (them) => `Is there somebody at ${them} I should rather ask?`,
  release: 'A “no” is a good answer too; I will not write about it again.',
  thanks: {
    plain: 'Thank you for your answer.',
    warm: 'Thank you, it is good to hear from you.',
    formal: 'Thank you very much for your reply.',
  },
  understood: {
    interested: 'As I understand it, you would like to hear more.',
    later: 'As I understand it, this is not the moment.',
    no: 'As I understand it, this is not for you, and I leave it there.',
    'wrong-person': 'As I understand it, somebody else looks after this.',
    away: 'As I understand it, you are away at the moment.',
    other: 'I want to be sure that I understand you well.',
  },
  asked: (question) => `You asked: ${question}`,
  askedNext: 'I will find out and write to you about it.',
  proposed: (time) => `You proposed: ${time}`,
  proposedNext: 'I will check the time and confirm it to you.',
  pointed: (who) => `${who} pointed me to you.`,
  nextIn: (month) => `I have noted ${month} and will come back to it then, not before.`,
  nextTo: (name) => `I will write to ${name}, then, and say that you pointed me there. Is there anything I should know first?`,
  next: {
    interested: 'Which two times in the next two weeks would suit you for 20 minutes? I will send an invitation for one of them.',
    later: 'When may I ask again? Just the month will do.',
    no: 'If that changes one day, you can reach me at this address.',
    'wrong-person': 'Whom may I ask instead?',
    away: 'I will come back to it when you are there again. If somebody else should hear of it meanwhile, tell me whom to ask.',
    other: 'Would it be easiest to go through it in a call of 20 minutes?',
  },
};
