import fresh from 'fresh';
import Negotiator from 'negotiator';

/** How the bytes of a file go out. */
export type Coding = 'br' | 'gzip' | 'identity';

/** What goes out where a client takes several equally well: Brotli, as it lies in the store. */
const PREFERRED: readonly Coding[] = ['br', 'gzip', 'identity'];

/** An option that the package's types do not know yet. */
interface Preferring {
  encoding(available: readonly Coding[], options: { preferred: readonly Coding[] }): string | undefined;
}

/**
 * The coding of a response (RFC 9110): of those that the client weighs highest, Brotli before gzip before none. A client that
 * forbids all gets the plain bytes: it can say no more with an error.
 * @param stored how the file lies in the store; what is not compressed there would gain nothing
 */
export const codingFor = (accept: string | null, stored: 'br' | undefined): Coding =>
  stored === undefined ? 'identity' : bestOf(accept, PREFERRED);

/** Whether Brotli goes out, where there are Brotli and plain bytes. */
export const takesBrotli = (accept: string | null): boolean => bestOf(accept, ['br', 'identity']) === 'br';

function bestOf(accept: string | null, available: readonly Coding[]): Coding {
  const client: Preferring = new Negotiator({ headers: { 'accept-encoding': accept ?? undefined } });
  const best = client.encoding(available, { preferred: PREFERRED });
  return available.find((each) => each === best) ?? 'identity';
}

/** RFC 9110, weak comparison. @param header `If-None-Match`; null: absent */
export const matches = (header: string | null, etag: string): boolean =>
  fresh({ 'if-none-match': header ?? undefined }, { etag });
