/** Looks again and again, never twice at once. A timer only looks: what is to be done follows from the entries. */
export interface Ticking {
  stop(): Promise<void>;
}

/** `onTrouble` hears of a look that failed; the next one tries again. */
export function tick(everyMs: number, look: () => Promise<unknown>, onTrouble: (error: unknown) => void): Ticking {
  let running: Promise<unknown> = Promise.resolve();
  let isLooking = false;
  let isStopped = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    running = look()
      .catch((error: unknown) => {
        if (!isStopped) onTrouble(error);
      })
      .finally(() => {
        isLooking = false;
      });
  }, everyMs);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
