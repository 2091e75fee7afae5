import type { WorldPerson } from './language/reading.ts';

/** Who may do a thing (requirements 2.7), and who does it instead when one may not. */
export interface Permission {
  allows(actor: WorldPerson): boolean;
  doneBy: string;
}

/** Everybody on the roster. */
export const anyone: Permission = { allows: () => true, doneBy: '花名册内人员' };
