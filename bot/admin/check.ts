/** What the doctor looked at, and what it found. */
export interface Check {
  ok: boolean;
  what: string;
  /** what to do about it */
  remedy: string;
}
