/** What `serve --development` needs: keys of a development instance of Clerk, and nobody but whoever sits at this machine. */

export interface Development {
  siteUrl: string;
  host: string;
  port: number;
  publishableKey: string;
  secretKey: string;
  signInUrl: string;
  /** Clerk's frontend API, as the publishable key names it; "" where that is no key. */
  frontend: string; // e.g., "https://able-cat-12.clerk.accounts.dev"
}

/** Clerk gives each development instance such a name of its own. */
const FRONTEND = /^https:\/\/[a-z0-9-]+\.clerk\.accounts\.dev$/;
const LISTENS_ON = ['127.0.0.1', '::1'];

/** Where the gate of a machine's own user is reached, where nothing is set. */
export const ownAddress = (port: number): string => `http://localhost:${port}`;

/** What is wrong with settings in this mode, as sentences. */
export function developmentProblems(given: Development): string[] {
  const { siteUrl, host, port, publishableKey, secretKey, signInUrl, frontend } = given;
  const own = [ownAddress(port), `http://127.0.0.1:${port}`];
  const origin = URL.canParse(siteUrl) ? new URL(siteUrl).origin : siteUrl;
  const problems: [isWrong: boolean, sentence: string][] = [
    [publishableKey.startsWith('pk_live_'), say.liveKey('PUBLIC_CLERK_PUBLISHABLE_KEY', 'pk_test_')],
    [secretKey.startsWith('sk_live_'), say.liveKey('CLERK_SECRET_KEY', 'sk_test_')],
    [publishableKey.startsWith('pk_test_') && frontend !== '' && !FRONTEND.test(frontend), say.frontend(frontend)],
    [!LISTENS_ON.includes(host), say.host(host)],
    [!own.includes(origin), say.siteUrl(siteUrl, own)],
    [signInUrl !== '/sign-in', say.signIn(signInUrl)],
  ];
  return problems.flatMap(([isWrong, sentence]) => (isWrong ? [sentence] : []));
}

const say = {
  liveKey: (name: string, test: string) =>
    `${name} belongs to a production instance of Clerk, which --development does not use. Set the key of a development instance, which begins with ${test}, or start the gate without --development.`,
  frontend: (frontend: string) =>
    `PUBLIC_CLERK_PUBLISHABLE_KEY belongs to ${JSON.stringify(frontend)}, which is no development instance of Clerk’s: their addresses end in .clerk.accounts.dev. Copy the key from the API keys page of Clerk’s dashboard.`,
  host: (host: string) =>
    `CCI_HOST is ${JSON.stringify(host)}, but with --development the gate serves this machine only. Remove CCI_HOST, or set it to 127.0.0.1 or ::1.`,
  siteUrl: (url: string, own: string[]) =>
    `CCI_SITE_URL is ${JSON.stringify(url)}, but with --development the gate is reached at ${own.join(' or ')} only. Set CCI_SITE_URL to one of them, or remove it.`,
  signIn: (url: string) =>
    `CCI_SIGN_IN_URL is ${JSON.stringify(url)}, but with --development people sign in on the gate’s own page. Remove CCI_SIGN_IN_URL.`,
};
