/** What was asked for cannot be done as typed. The message is a sentence for the operator that says what to change; exit code 2. */
export class CommandError extends Error {}
