import fc from 'fast-check';

/** CI draws the same cases each time, so that a red run is about the change; everywhere else they are drawn anew, to find more. */
if (process.env.CI) fc.configureGlobal({ seed: 20_261_123 });
