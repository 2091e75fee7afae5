/**
 * Runs `work` whenever it is woken, never twice at once; a wake-up amid a run makes another follow.
 * @returns the wake-up; it resolves when nothing is left that it was woken for, and never rejects.
 */
export function loop(work: () => Promise<void>, failed: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    while (again) {
      again = false;
      await work();
    }
  };
  return () => {
    again = true;
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = null;
      });
    return running;
  };
}
