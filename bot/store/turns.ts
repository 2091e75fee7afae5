/**
 * Who uses the one connection, one after another: in the order they came, but for those who go first.
 */
export function openTurns() {
  const urgent: (() => Promise<void>)[] = [];
  const others: (() => Promise<void>)[] = [];
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (let next = urgent.shift() ?? others.shift(); next; next = urgent.shift() ?? others.shift()) await next();
    running = null;
  }
  const queued =
    (queue: (() => Promise<void>)[]) =>
    <T>(work: () => Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        queue.push(() => work().then(resolve, reject));
        running ??= Promise.resolve().then(run);
      });
  return {
    inTurn: queued(others),
    first: queued(urgent),
    /** Resolves when nobody waits. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}
