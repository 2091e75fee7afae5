import { codeAt, codeEndsAt } from './sign-in-code.ts';

/** A code with the time it is good for. */
export interface TimedCode {
  code: string;
  from: Date;
  until: Date;
}

/** The code of now and those of the next two minutes: a screen that lost its line goes on for a minute at least (R14). */
export function codesFrom(secret: string, now: Date): TimedCode[] {
  const codes: TimedCode[] = [];
  let from = new Date(codeEndsAt(now).getTime() - 60_000);
  while (codes.length < 3) {
    const until = codeEndsAt(from);
    codes.push({ code: codeAt(secret, from), from, until });
    from = until;
  }
  return codes;
}
