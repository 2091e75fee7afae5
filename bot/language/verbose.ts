const laidOut =
  (flags: string) =>
  ({ raw }: TemplateStringsArray): RegExp =>
    new RegExp(raw.join('').replace(/\s+/g, ''), flags);

/**
 * A pattern that takes more than a line, laid out over several: white space in it says nothing, a space that is meant is
 * `\x20`. `verbose.with('g')` gives it flags. For the top of a module: each evaluation makes a new one.
 */
export const verbose = Object.assign(laidOut(''), { with: laidOut });
