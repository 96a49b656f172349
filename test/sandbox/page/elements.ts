import type { ActionsBlockElement, ExternalSelect, InputBlockElement, MultiExternalSelect, SectionBlockAccessory } from '@slack/types';
import { linkOrButton, overflow, workflowButton } from './element-button.ts';
import { checkboxes, radioButtons } from './element-choice.ts';
import { datePicker } from './element-date.ts';
import { fileInput } from './element-file.ts';
import { multiSelect, singleSelect } from './element-select.ts';
import { richTextInput, textInput } from './element-text.ts';
import type { Slot } from './form.ts';
import { image } from './images.ts';
import { unknownBox } from './unknown-box.ts';

type Interactive = ActionsBlockElement | InputBlockElement | SectionBlockAccessory;

/** Draws one element of a section, an actions block or an input. */
export function renderElement(element: Interactive, slot: Slot): HTMLElement {
  switch (element.type) {
    case 'button':
      return linkOrButton(element, slot);
    case 'workflow_button':
      return workflowButton(element);
    case 'overflow':
      return overflow(element, slot);
    case 'image':
      return image(element, 'accessory-image');
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return singleSelect(element, slot);
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return multiSelect(element, slot);
    default:
      return renderField(element, slot);
  }
}

type Field = Exclude<Interactive, { type: 'button' | 'workflow_button' | 'overflow' | 'image' | `${string}_select` }>;

function renderField(element: Field | ExternalSelect | MultiExternalSelect, slot: Slot): HTMLElement {
  switch (element.type) {
    case 'checkboxes':
      return checkboxes(element, slot);
    case 'radio_buttons':
      return radioButtons(element, slot);
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return datePicker(element, slot);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return textInput(element, slot);
    case 'rich_text_input':
      return richTextInput(element, slot);
    case 'file_input':
      return fileInput(element, slot);
    default:
      return unknownBox('Element', element);
  }
}
