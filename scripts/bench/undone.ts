/** Gigabytes must not stay where somebody has had enough of waiting. @param undo at once, whatever ends the work */
export async function undoneAtTheEnd<T>(undo: () => unknown, work: () => Promise<T>): Promise<T> {
  const stop = () => process.exit(130);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  process.once('exit', undo);
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
    process.off('exit', undo);
    undo();
  }
}
