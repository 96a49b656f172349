import type { KnownBlock } from '@slack/types';
import {
  type Course,
  hasAllParts,
  LONGEST_ANSWER,
  MOST_QUESTIONS,
  MOST_UNITS,
  type Question,
  type Unit,
} from '../../src/onboard/training/course.ts';
import { exampleCourse } from '../../src/onboard/training/example-course.ts';
import { PARTNER_TYPES } from '../../src/programme/setup/programme.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, divider, escapedTo, plainTo, section } from '../mrkdwn.ts';
import { count, PARTNERS_WORDS } from '../words.ts';
import { typesWords } from './agreement.ts';

export const TRAINING_TITLE = 'Training';

/** Every course, for managers. */
export function coursesPage(courses: readonly Course[]): Modal {
  const example = exampleCourse().title;
  const hasExample = courses.some(({ title }) => title === example);
  return modal(TRAINING_TITLE, [
    section(
      courses.length === 0
        ? 'There is no training yet. Partners’ people read a few short parts, answer a quiz, and get a certificate. Begin with our example, or with your own.'
        : 'What partners’ people can learn. They find it under *Library*.',
    ),
    actions(
      'training',
      button(ACTIONS.trainingNew, 'New Course', 'new'),
      ...(hasExample ? [] : [button(ACTIONS.trainingExample, 'Take Over the Example', 'example')]),
    ),
    ...(hasExample ? [] : [context(`The example: “${example}”. Partners see it at once; you can change every word.`)]),
    ...courses.map((course): KnownBlock => {
      const { id, title, units, questions, isOpen, types } = course;
      const facts = `${isOpen ? 'Open to' : ':lock: Hidden from'} ${typesWords(types)} · ${count(units.length, 'part')}, ${count(questions.length, 'question')}`;
      return { ...section(`*${plainTo(title, 150)}*\n${facts}`), accessory: button(ACTIONS.trainingOpen, 'Open', id) };
    }),
  ]);
}

/** One course with all that it is made of. */
export function coursePage(course: Course): Modal {
  const { id: courseId, rev, title, about, units, questions, passMark, triesPerDay, validMonths, isOpen, types } = course;
  const value = (more: object = {}) => JSON.stringify({ courseId, rev, ...more });
  const rules = `${passMark} % must be right · ${triesPerDay} tries a day · certificate ${validMonths ? `for ${count(validMonths, 'month')}` : 'without end'}`;
  const canSwitch = isOpen || hasAllParts(course);
  return modal(TRAINING_TITLE, [
    section(`*${plainTo(title, 150)}*\n${about ? `${escapedTo(about, 500)}\n` : ''}For ${typesWords(types)} · ${rules}`),
    context(isOpen ? 'Partners see it.' : `Partners do not see it${canSwitch ? '.' : ': add a part and a question first.'}`),
    actions(
      `course:${courseId}:${rev}`,
      button(ACTIONS.trainingSettings, 'Settings', value()),
      ...(canSwitch ? [button(ACTIONS.trainingSwitch, isOpen ? 'Hide' : 'Open to Partners', value({ isOpen: !isOpen }))] : []),
      ...(units.length < MOST_UNITS ? [button(ACTIONS.trainingUnit, 'Add Part', value())] : []),
      ...(questions.length < MOST_QUESTIONS ? [button(ACTIONS.trainingQuestion, 'Add Question', value())] : []),
      button(ACTIONS.trainingList, 'Back', 'list'),
    ),
    divider,
    ...units.flatMap((unit, index) => [
      section(
        `*Part ${index + 1}: ${plainTo(unit.title, 150)}*\n${UNIT_WORDS[unit.kind]}${unit.fileName ? ` ${plainTo(unit.fileName, 80)}` : ''}`,
      ),
      partButtons(unit.id, ACTIONS.trainingUnit, value({ partId: unit.id })),
    ]),
    divider,
    ...questions.flatMap(({ id, words, answers, right }) => [
      section(
        `*${plainTo(words, 200)}*\n${answers.map((one, at) => `${at === right ? ':white_check_mark:' : '•'} ${plainTo(one, 100)}`).join('\n')}`,
      ),
      partButtons(id, ACTIONS.trainingQuestion, value({ partId: id })),
    ]),
  ]);
}

const UNIT_WORDS: Record<Unit['kind'], string> = { text: 'Text', video: 'Video', file: 'File' };

function partButtons(id: string, edit: typeof ACTIONS.trainingUnit | typeof ACTIONS.trainingQuestion, value: string) {
  return actions(`part:${id}`, button(edit, 'Edit', value), button(ACTIONS.trainingRemove, 'Remove', value));
}

/** Title, for whom, and the rules of its quiz; of a new course when there is none. */
export function courseForm(course: Course | null): Modal {
  const types = PARTNER_TYPES.map((type) => option(type, PARTNERS_WORDS[type]));
  const chosen = types.filter(({ value }) => course?.types.some((type) => type === value));
  const select = { type: 'multi_static_select', options: types, ...(chosen.length > 0 ? { initial_options: chosen } : {}) } as const;
  const number = (field: string, label: string, initial: number | null, [min, max]: [number, number], hint = '') =>
    input(
      field,
      label,
      {
        ...{ type: 'number_input', is_decimal_allowed: false, min_value: String(min), max_value: String(max) },
        ...(initial === null ? {} : { initial_value: String(initial) }),
      },
      hint ? { hint, optional: true } : {},
    );
  return modal(
    course ? 'Settings' : 'New course',
    [
      textInput('title', 'Title', course?.title ?? '', { max: 150 }),
      textInput('about', 'In a sentence or two', course?.about ?? '', { max: 500, optional: true, multiline: true }),
      input('types', 'For', select, { optional: true, hint: 'Leave it empty for all partners.' }),
      number('passMark', 'Percent that must be right', course?.passMark ?? 75, [1, 100]),
      number('triesPerDay', 'Tries within 24 hours', course?.triesPerDay ?? 3, [1, 20]),
      number('validMonths', 'Months that a certificate is valid', course ? course.validMonths : 12, [1, 120], 'Leave it empty for good.'),
    ],
    { id: VIEWS.trainingCourse, submit: 'Save', metadata: JSON.stringify(course && { courseId: course.id, rev: course.rev }) },
  );
}

/** One part: a text, a video or a file. */
export function unitForm(course: Course, unit: Unit | null): Modal {
  const kinds = (['text', 'video', 'file'] as const).map((kind) => option(kind, UNIT_WORDS[kind]));
  const initial = kinds.find(({ value }) => value === (unit?.kind ?? 'text'));
  return modal(
    unit ? 'Edit part' : 'New part',
    [
      textInput('title', 'Title', unit?.title ?? '', { max: 150 }),
      input('kind', 'What it is', { type: 'radio_buttons', options: kinds, ...(initial ? { initial_option: initial } : {}) }),
      textInput('text', 'Text', unit?.text ?? '', {
        multiline: true,
        optional: true,
        hint: 'With a video or a file: what to look for in it.',
      }),
      textInput('url', 'Link to the video', unit?.url ?? '', { optional: true, placeholder: 'https://' }),
      input(
        'file',
        unit?.fileName ? 'Another file' : 'File',
        { type: 'file_input', max_files: 1 },
        { optional: true, hint: 'Up to 5 MB.' },
      ),
    ],
    {
      id: VIEWS.trainingUnit,
      submit: 'Save',
      metadata: JSON.stringify({ courseId: course.id, rev: course.rev, partId: unit?.id ?? null }),
    },
  );
}

/** A question, the right answer and wrong ones. */
export function questionForm(course: Course, question: Question | null): Modal {
  const wrong = question ? question.answers.filter((_answer, index) => index !== question.right) : [];
  return modal(
    question ? 'Edit question' : 'New question',
    [
      textInput('words', 'Question', question?.words ?? '', { max: 300 }),
      textInput('right', 'The right answer', question?.answers[question.right] ?? '', { max: LONGEST_ANSWER }),
      textInput('wrong', 'Wrong answers', wrong.join('\n'), { multiline: true, max: 400, hint: 'One a line, up to five.' }),
    ],
    {
      id: VIEWS.trainingQuestion,
      submit: 'Save',
      metadata: JSON.stringify({ courseId: course.id, rev: course.rev, partId: question?.id ?? null }),
    },
  );
}
