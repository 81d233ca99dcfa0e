import { UserError } from '../lib/errors.ts';
import { say, shownJson } from '../lib/printable.ts';
import { fileStore } from './file.ts';
import { fileUrlProblem } from './file-paths.ts';
import { s3Store } from './s3.ts';
import { s3UrlProblem } from './s3-url.ts';
import type { S3Options } from './s3-wire.ts';
import type { Store } from './store.ts';

interface Driver {
  /** How its URLs are written, for a message. */
  form: string;
  /** What is wrong with a URL of its scheme, as the end of a sentence; undefined where nothing is. */
  problem: (url: string) => string | undefined;
  /** Called with a URL of which nothing is wrong. The store is asked nothing before its first use. */
  open: (url: string, s3: S3Options) => Store;
}

/** Every kind of store by its URLs' scheme. Another one is a line here and a file of its own. */
const DRIVERS: { [scheme: string]: Driver } = {
  file: { form: 'file: and a folder', problem: fileUrlProblem, open: (url) => fileStore(url) },
  s3: { form: 's3://bucket', problem: s3UrlProblem, open: s3Store },
};

/** What is wrong with a store's URL, as the end of a sentence; undefined where nothing is. */
export function storeUrlProblem(url: string): string | undefined {
  const driver = driverOf(url);
  return driver ? driver.problem(url) : `is not a store: write ${orList(Object.values(DRIVERS))}`;
}

/**
 * The store that a URL names.
 * @param s3 limits of its requests, where it is an S3 store
 * @throws {UserError} where no driver knows its scheme, or the URL is wrong.
 */
export function openStore(url: string, s3: S3Options = {}): Store {
  const wrong = storeUrlProblem(url);
  const driver = driverOf(url);
  if (!driver || wrong !== undefined) throw new UserError([say`${shownJson(url)} ${wrong ?? ''}.`]);
  return driver.open(url, s3);
}

function driverOf(url: string): Driver | undefined {
  const scheme = url.slice(0, Math.max(0, url.indexOf(':')));
  return Object.hasOwn(DRIVERS, scheme) ? DRIVERS[scheme] : undefined;
}

const orList = (drivers: Driver[]): string => {
  const forms = drivers.map(({ form }) => form);
  return `${forms.slice(0, -1).join(', ')}, or ${forms.at(-1)}`;
};
