import { PAPERS } from '#bot/papers/index.ts';
import type { Press } from '#bot/papers/press.ts';

/** Draws for real, in this thread. */
export const inPlace: Press = {
  async draw({ drawnBy, facts }) {
    const draw = PAPERS[drawnBy];
    if (!draw) throw new Error(drawnBy);
    return draw(facts as never);
  },
  close: async () => undefined,
};
