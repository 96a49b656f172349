/** Mails a day. Source: README, "Caps, hours and follow-ups"; mailboxes that send more cold mail lose their good name. */
export const PER_MAILBOX = 20;
export const PER_WORKSPACE = 100;
