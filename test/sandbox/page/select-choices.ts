import type { MultiSelect, PlainTextOption, Select } from '@slack/types';
import { state } from './client.ts';

/** One line of a select. `pick` is what goes into Slack's element state. */
export type Choice = { value: string; label: string; group: string | null; pick: PlainTextOption | string };

export type AnySelect = Exclude<Select, { type: 'external_select' }> | Exclude<MultiSelect, { type: 'multi_external_select' }>;

/** The choices of a select, the name of its field in the element state and what it starts with. */
export type SelectKind = { choices: Choice[]; field: string; initial: string[] };

export function selectKind(element: AnySelect, currentChannel: string | null): SelectKind {
  switch (element.type) {
    case 'static_select':
      return {
        choices: optionChoices(element),
        field: 'selected_option',
        initial: values(element.initial_option ? [element.initial_option] : []),
      };
    case 'multi_static_select':
      return { choices: optionChoices(element), field: 'selected_options', initial: values(element.initial_options ?? []) };
    case 'users_select':
      return { choices: userChoices(), field: 'selected_user', initial: listOf(element.initial_user) };
    case 'multi_users_select':
      return { choices: userChoices(), field: 'selected_users', initial: element.initial_users ?? [] };
    case 'channels_select':
      return { choices: channelChoices({ include: ['public'] }), field: 'selected_channel', initial: listOf(element.initial_channel) };
    case 'multi_channels_select':
      return { choices: channelChoices({ include: ['public'] }), field: 'selected_channels', initial: element.initial_channels ?? [] };
    case 'conversations_select': {
      const here = element.default_to_current_conversation ? (currentChannel ?? undefined) : undefined;
      const initial = listOf(element.initial_conversation ?? here);
      return { choices: channelChoices(element.filter ?? {}), field: 'selected_conversation', initial };
    }
    case 'multi_conversations_select':
      return {
        choices: channelChoices(element.filter ?? {}),
        field: 'selected_conversations',
        initial: element.initial_conversations ?? [],
      };
  }
}

const listOf = (value: string | undefined): string[] => (value ? [value] : []);
const values = (options: PlainTextOption[]): string[] => options.map((option) => option.value ?? '');

type WithOptions = Extract<AnySelect, { type: 'static_select' | 'multi_static_select' }>;

function optionChoices({ options = [], option_groups: groups = [] }: WithOptions): Choice[] {
  const choice = (option: PlainTextOption, group: string | null): Choice => {
    const description = option.description ? ` (${option.description.text})` : '';
    return { value: option.value ?? '', label: option.text.text + description, group, pick: option };
  };
  const grouped = groups.flatMap((group) => group.options.map((option) => choice(option, group.label.text)));
  return [...options.map((option) => choice(option, null)), ...grouped];
}

function userChoices(): Choice[] {
  const people = Object.entries(state().users).filter(([, user]) => !user.bot);
  return people.map(([id, user]) => ({
    value: id,
    label: user.external ? `${user.name} (another company)` : user.name,
    group: null,
    pick: id,
  }));
}

type Filter = NonNullable<Extract<AnySelect, { type: 'conversations_select' }>['filter']>;

function channelChoices(filter: Filter): Choice[] {
  const wanted = state().channels.filter(({ kind, shared }) => {
    if (filter.exclude_external_shared_channels && shared) return false;
    if (filter.exclude_bot_users && kind === 'dm') return false;
    return !filter.include || filter.include.includes(kind === 'dm' ? 'im' : kind);
  });
  return wanted.map(({ id, name, kind, shared }) => {
    const label = `${kind === 'dm' ? '' : '#'}${name}${shared ? ' (shared)' : ''}`;
    return { value: id, label, group: null, pick: id };
  });
}
