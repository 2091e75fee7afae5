import { setTimeout as pause } from 'node:timers/promises';

const SLOW_MS = 3000;
const HELD_MS = 2000;

/** What can go wrong on the way, switched on and off. */
export type Fault = 'none' | 'slow' | 'drop' | '45009' | '42001' | '60020' | 'duplicate' | 'disorder';
export const FAULTS: Fault[] = ['none', 'slow', 'drop', '45009', '42001', '60020', 'duplicate', 'disorder'];

/** What becomes of one call of the server API: it is answered, refused, or the line breaks. */
export type Fate = { kind: 'answered' } | { kind: 'refused'; errcode: number } | { kind: 'dropped' };

/** Bad weather for the stand-in: calls that are slow, lost or refused, callbacks that come twice or in the wrong order. */
export function openFaults() {
  let fault: Fault = 'none';
  let withdrawn = false;
  let held: (() => void) | null = null;

  return {
    current: (): Fault => fault,
    set(next: Fault): void {
      fault = next;
      withdrawn = false;
      held?.();
      held = null;
    },
    async fateOf(path: string): Promise<Fate> {
      if (fault === 'slow') await pause(SLOW_MS);
      if (fault === 'drop') return { kind: 'dropped' };
      if (path.endsWith('/gettoken')) return { kind: 'answered' };
      if (fault === '45009' || fault === '60020') return { kind: 'refused', errcode: Number(fault) };
      // A token is withdrawn once; the new one is good.
      if (fault === '42001' && !withdrawn) {
        withdrawn = true;
        return { kind: 'refused', errcode: 42001 };
      }
      return { kind: 'answered' };
    },
    /** Lets a callback go as the weather has it: twice at the same time, or after the one behind it. */
    async around<T>(send: () => Promise<T>): Promise<T> {
      if (fault === 'duplicate') return (await Promise.all([send(), send()]))[0];
      if (fault !== 'disorder') return send();
      if (held) {
        const first = held;
        held = null;
        return send().finally(first);
      }
      await Promise.race([new Promise<void>((resolve) => (held = resolve)), pause(HELD_MS)]);
      held = null;
      return send();
    },
  };
}
export type Faults = ReturnType<typeof openFaults>;
