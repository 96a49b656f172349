import { aQuestion, type CourseContent } from './course.ts';

const TEXTS: readonly (readonly [id: string, title: string, text: string])[] = [
  [
    'example-why',
    'Why register a deal',
    'Whoever registers a deal first has the claim to it, by the time our server received the registration; an e-mail or a call does not count. So register as soon as you have spoken with the customer about a real need.',
  ],
  [
    'example-how',
    'How to register',
    'Press Register a Deal on the pinned message in our shared channel, or open Deals on your partner page. Give the customer’s name and website, the country, the expected value with its currency, and the day you expect to close. A note is optional; say in it what they need. It takes two minutes. If you close the form in Slack before you send it, what you typed is kept for the next time.',
  ],
  [
    'example-after',
    'What happens then',
    'Your contact is told at once, looks at it and comes back to you. The time of your registration counts, whenever that is. My Deals in the channel and Deals on your page show what your company has registered.',
  ],
];

/** How a deal is registered, for a workspace that has no training yet; everything in it can be changed once it is taken over. */
export function exampleCourse(): CourseContent {
  return {
    title: 'How to register a deal',
    about: 'What registering is for, how it is done, and what happens then. Ten minutes.',
    types: [],
    passMark: 75,
    triesPerDay: 3,
    validMonths: 12,
    units: TEXTS.map(([id, title, text]) => ({ id, title, kind: 'text', text, url: '', fileName: '' })),
    questions: [
      aQuestion('example-q1', 'Two partners register the same customer. Who has the claim?', 'Whoever registered it first', [
        'Whoever asks the customer first',
        'Whoever offers the lower price',
      ]),
      aQuestion('example-q2', 'Where is a deal registered?', 'With Register a Deal on the pinned message', [
        'By e-mail to your contact',
        'On the telephone',
      ]),
      aQuestion('example-q3', 'When is a good time to register?', 'As soon as the customer has a real need', [
        'When the contract is signed',
        'When the quarter ends',
      ]),
      aQuestion('example-q4', 'Where do you see what your company has registered?', 'Under My Deals', [
        'In a monthly report',
        'Nowhere: you have to ask',
      ]),
    ],
    isOpen: true,
  };
}
