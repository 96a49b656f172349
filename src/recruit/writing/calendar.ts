/** The months of a language as its letters write them, January first. */
export function monthsIn(language: string): string[] {
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => month.format(new Date(Date.UTC(2024, index, 1))));
}

/** The days of the week, Monday first. */
export function weekdaysIn(language: string): string[] {
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => day.format(new Date(Date.UTC(2024, 0, 1 + index))));
}
