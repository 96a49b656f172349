/** Labels of buttons that sentences name as well, so that a renamed button is never called by its old name. */
export const LABELS = {
  contact: 'Contact',
  draftOutreach: 'Draft Outreach',
  edit: 'Edit',
  itDidNotLeave: 'It Did Not Leave',
  later: 'Later',
  markAsSent: 'Mark as Sent',
  reject: 'Reject',
  reconsider: 'Reconsider',
  showWholeMail: 'Show Whole Mail',
  writeAgain: 'Write Again',
} as const;
