/** Names that messages of a business bot use; an unknown name stays as it was typed. */
// biome-ignore format: one line per name would be a hundred lines
const EMOJI: Record<string, string> = {
  '+1': '👍', '-1': '👎', '100': '💯', alarm_clock: '⏰', arrow_down: '⬇️', arrow_forward: '▶️', arrow_left: '⬅️', arrow_right: '➡️', arrow_up: '⬆️',
  art: '🎨', ballot_box_with_check: '☑️', bar_chart: '📊', bell: '🔔', bird: '🐦', black_circle: '⚫', blue_heart: '💙', blush: '😊', book: '📖',
  bookmark: '🔖', boom: '💥', briefcase: '💼', bug: '🐛', bulb: '💡', calendar: '📆', chart_with_downwards_trend: '📉',
  chart_with_upwards_trend: '📈', clap: '👏', clipboard: '📋', clock1: '🕐', coffee: '☕', cold_sweat: '😰', construction: '🚧',
  credit_card: '💳', crossed_fingers: '🤞', cry: '😢', dart: '🎯', date: '📅', disappointed: '😞', dollar: '💵', email: '✉️',
  envelope: '✉️', envelope_with_arrow: '📩', exclamation: '❗', eyes: '👀', face_with_monocle: '🧐', file_folder: '📁', fire: '🔥', gear: '⚙️', gift: '🎁',
  globe_with_meridians: '🌐', grin: '😁', grinning: '😀', grey_question: '❔', hand: '✋', handshake: '🤝', heart: '❤️', heavy_check_mark: '✔️',
  heavy_minus_sign: '➖', heavy_plus_sign: '➕', hourglass: '⌛', hourglass_flowing_sand: '⏳', house: '🏠', inbox_tray: '📥', incoming_envelope: '📨',
  information_source: 'ℹ️', joy: '😂', key: '🔑', large_blue_circle: '🔵', large_green_circle: '🟢', large_orange_circle: '🟠',
  large_red_circle: '🔴', large_yellow_circle: '🟡', link: '🔗', lock: '🔒', loudspeaker: '📢', mag: '🔍', mailbox: '📫', medal: '🏅',
  memo: '📝', money_with_wings: '💸', moneybag: '💰', muscle: '💪', mute: '🔇', no_entry: '⛔', no_entry_sign: '🚫', ok: '🆗', ok_hand: '👌',
  office: '🏢', outbox_tray: '📤', package: '📦', page_facing_up: '📄', paperclip: '📎', pencil: '📝', pencil2: '✏️', phone: '☎️',
  point_down: '👇', point_right: '👉', pray: '🙏', pushpin: '📌', question: '❓', raised_hands: '🙌', robot_face: '🤖', rocket: '🚀',
  rotating_light: '🚨', round_pushpin: '📍', scales: '⚖️', scissors: '✂️', seedling: '🌱', shield: '🛡️', slightly_smiling_face: '🙂', smile: '😄',
  smiley: '😃', snowflake: '❄️', sparkles: '✨', speech_balloon: '💬', star: '⭐', star2: '🌟', stopwatch: '⏱️', sunglasses: '😎', sunny: '☀️', tada: '🎉',
  telephone_receiver: '📞', thinking_face: '🤔', thumbsdown: '👎', thumbsup: '👍', trophy: '🏆', unlock: '🔓', wastebasket: '🗑️',
  warning: '⚠️', wave: '👋', white_check_mark: '✅', white_circle: '⚪', wink: '😉', wrench: '🔧', x: '❌', zap: '⚡', zzz: '💤',
};

export function emoji(name: string): string {
  return Object.hasOwn(EMOJI, name) ? (EMOJI[name] ?? '') : `:${name}:`;
}

/** Plain text as Slack shows it: `:tada:` becomes the picture. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name));
}
