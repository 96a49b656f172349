import { aQuestion, type CourseContent } from './course.ts';

const TEXTS: readonly (readonly [id: string, title: string, text: string])[] = [
  [
    'example-why',
    'Why register a deal',
    'A registered deal is yours: from the day it is approved nobody else is given it while your protection runs. Register as soon as you have spoken with the customer about a real need. The first to register wins, by the time our server received it; an e-mail or a call does not count.',
  ],
  [
    'example-how',
    'How to register',
    'Press Register a Deal on the pinned message in our shared channel. Give the customer’s company name and web domain, the person you speak with, what they need, and about how much it is worth. It takes two minutes. You can register before you know everything: what is missing can be added later.',
  ],
  [
    'example-after',
    'What happens then',
    'Your partner manager sees it at once and answers in the channel. An approved deal shows until when it is protected. If we speak with the customer already, you are told so, with what can be done next. My Deals shows where each of yours stands.',
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
      aQuestion('example-q1', 'Two partners want the same deal. Who gets it?', 'Whoever registered it first', [
        'Whoever asks the customer first',
        'Whoever offers the lower price',
      ]),
      aQuestion('example-q2', 'Where is a deal registered?', 'With Register a Deal on the pinned message', [
        'By e-mail to the partner manager',
        'On the telephone',
      ]),
      aQuestion('example-q3', 'When is a good time to register?', 'As soon as the customer has a real need', [
        'When the contract is signed',
        'When the quarter ends',
      ]),
      aQuestion('example-q4', 'Where do you see how your deals stand?', 'Under My Deals', [
        'In a monthly report',
        'Nowhere: you have to ask',
      ]),
    ],
    isOpen: true,
  };
}
