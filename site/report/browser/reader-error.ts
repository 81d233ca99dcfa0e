/** An error whose message is a sentence for readers. */
export class ReaderError extends Error {}

/**
 * What failed, as a sentence.
 * @param failed what could not be done: "The figures could not be drawn"
 */
export function inWords(error: unknown, failed: string): string {
  if (error instanceof ReaderError) return error.message;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return `${failed}: ${reason}. Reload the page. If that does not help, contact the person who runs the reports.`;
}
