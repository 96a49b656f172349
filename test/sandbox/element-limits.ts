import {
  also,
  anything,
  byType,
  type Check,
  type Fields,
  flag,
  list,
  object,
  oneOf,
  type Problem,
  problem,
  string,
  whole,
} from './checks.ts';
import { optionsOf } from './inputs.ts';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import { confirm, id, mrkdwn, plain, text, url } from './text-limits.ts';

const placeholder: Fields = { placeholder: plain(150) };
const focus: Fields = { focus_on_load: flag };
const base: Fields = { action_id: id };
const menu: Fields = { ...base, ...placeholder, ...focus, confirm };
const multi: Fields = { ...menu, max_selected_items: whole(1, 100) };
const typing: Fields = {
  ...base,
  ...placeholder,
  ...focus,
  dispatch_action_config: object({}, { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }) }),
};

const plainOption = object({ text: plain(75), value: string({ max: 75 }) }, { description: plain(75) });
const richOption = object({ text: text(75), value: string({ max: 75 }) }, { description: text(75) });
const overflowOption = object({ text: plain(75), value: string({ max: 75 }) }, { description: plain(75), url });
const groups = list(object({ label: plain(75), options: list(plainOption, { max: 100 }) }), { max: 100 });
const choices: Fields = { options: list(plainOption, { max: 100 }), option_groups: groups };
const conversationFilter = object(
  {},
  { include: list(oneOf('im', 'mpim', 'private', 'public'), { max: 4 }), exclude_external_shared_channels: flag, exclude_bot_users: flag },
);
const conversation: Fields = { default_to_current_conversation: flag, filter: conversationFilter };
const ids = list(string({ max: 255 }), { max: 100 });

const element = (required: Fields, optional: Fields): Check => object({ type: anything, ...required }, optional);

/** Options come as `options` or as `option_groups`, never as both. */
function onceEither(value: Json, at: string): Problem[] {
  const given = [value.options, value.option_groups].filter((one) => one !== undefined).length;
  return given === 1 ? [] : problem(at, 'must define exactly one of options, option_groups');
}

/** What is chosen from the start must be one of the options, in text and value. */
function initialAmong(value: Json, at: string): Problem[] {
  const key = (option: Json): string => JSON.stringify([option.value, textOf(jsonOf(option.text).text)]);
  const known = new Set(optionsOf(value).map(key));
  const name = value.initial_option === undefined ? 'initial_options' : 'initial_option';
  const initial = listOf([value[name]].flat());
  return initial.every((option) => known.has(key(option))) ? [] : problem(`${at}/${name}`, 'must match one of the options');
}

function startWithin(value: Json, at: string): Problem[] {
  const most = typeof value.max_length === 'number' ? value.max_length : 3000;
  return textOf(value.initial_value).length > most ? problem(`${at}/initial_value`, `must be less than ${most + 1} characters`) : [];
}

const menuOf = (check: Check): Check => also(also(check, onceEither), initialAmong);

/** Every interactive element with its fields and limits. */
export const ELEMENTS: Record<string, Check> = {
  button: element(
    { text: plain(75) },
    { ...base, value: string({ max: 2000 }), url, style: oneOf('primary', 'danger'), accessibility_label: string({ max: 75 }), confirm },
  ),
  workflow_button: element(
    { text: plain(75), workflow: anything },
    { ...base, style: oneOf('primary', 'danger'), accessibility_label: string({ max: 75 }), confirm },
  ),
  image: element({ alt_text: string({ max: 2000 }) }, { image_url: url, slack_file: anything }),
  checkboxes: also(
    element({ options: list(richOption, { max: 10 }) }, { ...base, ...focus, confirm, initial_options: list(richOption, { max: 10 }) }),
    initialAmong,
  ),
  radio_buttons: also(
    element({ options: list(richOption, { max: 10 }) }, { ...base, ...focus, confirm, initial_option: richOption }),
    initialAmong,
  ),
  overflow: element({ options: list(overflowOption, { max: 5 }) }, { ...base, confirm }),
  static_select: menuOf(element({}, { ...menu, ...choices, initial_option: plainOption })),
  multi_static_select: menuOf(element({}, { ...multi, ...choices, initial_options: list(plainOption, { max: 100 }) })),
  external_select: element({}, { ...menu, initial_option: plainOption, min_query_length: whole(0, 1000) }),
  multi_external_select: element({}, { ...multi, initial_options: list(plainOption, { max: 100 }), min_query_length: whole(0, 1000) }),
  users_select: element({}, { ...menu, initial_user: id }),
  multi_users_select: element({}, { ...multi, initial_users: ids }),
  conversations_select: element({}, { ...menu, ...conversation, initial_conversation: id, response_url_enabled: flag }),
  multi_conversations_select: element({}, { ...multi, ...conversation, initial_conversations: ids }),
  channels_select: element({}, { ...menu, initial_channel: id, response_url_enabled: flag }),
  multi_channels_select: element({}, { ...multi, initial_channels: ids }),
  datepicker: element({}, { ...menu, initial_date: string({ max: 10, like: /^\d{4}-\d{2}-\d{2}$/ }) }),
  timepicker: element({}, { ...menu, initial_time: string({ max: 5, like: /^([01]\d|2[0-3]):[0-5]\d$/ }), timezone: string({ max: 100 }) }),
  datetimepicker: element({}, { ...base, ...focus, confirm, initial_date_time: whole(1_000_000_000, 9_999_999_999) }),
  plain_text_input: also(
    element(
      {},
      {
        ...typing,
        initial_value: string({ min: 0, max: 3000 }),
        multiline: flag,
        min_length: whole(0, 3000),
        max_length: whole(1, 3000),
      },
    ),
    startWithin,
  ),
  email_text_input: element({}, { ...typing, initial_value: string({ max: 3000 }) }),
  url_text_input: element({}, { ...typing, initial_value: string({ max: 3000 }) }),
  number_input: element(
    { is_decimal_allowed: flag },
    { ...typing, initial_value: string({ max: 100 }), min_value: string({ max: 100 }), max_value: string({ max: 100 }) },
  ),
  rich_text_input: element({}, { ...typing, initial_value: anything, min_lines: whole(1, 100), max_lines: whole(1, 100) }),
  file_input: element({}, { ...base, filetypes: list(string({ max: 100 }), { max: 100 }), max_files: whole(1, 10) }),
  feedback_buttons: element({ positive_button: feedback(), negative_button: feedback() }, base),
  icon_button: element(
    { icon: string({ max: 255 }), text: plain(75) },
    { ...base, confirm, value: string({ max: 2000 }), accessibility_label: string({ max: 75 }), visible_to_user_ids: ids },
  ),
  plain_text: plain(3000),
  mrkdwn: mrkdwn(3000),
};

function feedback(): Check {
  return object({ text: plain(75), value: string({ max: 2000 }) }, { accessibility_label: string({ max: 75 }) });
}

const PICKERS = 'checkboxes datepicker datetimepicker radio_buttons timepicker';
const MENUS = ['static', 'external', 'users', 'conversations', 'channels'].map((kind) => `${kind}_select multi_${kind}_select`).join(' ');

/** Which elements go where. */
const PLACES = {
  actions: `button overflow workflow_button rich_text_input ${PICKERS} ${MENUS}`,
  section: `button overflow workflow_button image checkboxes datepicker radio_buttons timepicker ${MENUS}`,
  input: `plain_text_input email_text_input url_text_input number_input rich_text_input file_input ${PICKERS} ${MENUS}`,
  context: 'image plain_text mrkdwn',
  context_actions: 'feedback_buttons icon_button',
  card: 'button',
  picture: 'image',
};

export function elementIn(place: keyof typeof PLACES): Check {
  const allowed = new Set(PLACES[place].split(' '));
  return byType(ELEMENTS, (type) => allowed.has(type));
}
