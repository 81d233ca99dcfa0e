import { keyProblem } from '../lib/secrets.ts';
import { feedUrlProblem } from '../source/feed/feed-url.ts';
import { storeUrlProblem } from '../store/open.ts';
import type { Setting } from './setting.ts';

/** Where data lies, and the key that masks it. */
export const STORES = {
  results: {
    flag: 'results',
    variable: 'CCI_RESULTS_URL',
    value: 'URL',
    about: 'what the pipeline wrote',
    check: storeUrlProblem,
  },
  config: {
    flag: 'config',
    variable: 'CCI_CONFIG_URL',
    value: 'URL',
    about: 'the tenants’ configuration',
    check: storeUrlProblem,
  },
  input: {
    flag: 'input',
    variable: 'CCI_INPUT_URL',
    value: 'URL',
    about: 'recordings and metadata; only the pipeline needs it',
    check: storeUrlProblem,
  },
  events: {
    flag: 'events',
    variable: 'CCI_EVENTS_URL',
    value: 'URL',
    about:
      'a store with events that name changed objects, or the URL of an SQS queue that has them; optional: without it each run lists everything',
    check: feedUrlProblem,
  },
  reports: {
    flag: 'reports',
    variable: 'CCI_REPORTS_URL',
    value: 'URL',
    about: 'where the sites are published',
    check: storeUrlProblem,
  },
  maskingKey: {
    variable: 'CCI_MASKING_KEY',
    secret: true,
    about: 'key that masks outside parties: at least 32 characters',
    check: keyProblem,
  },
} satisfies { [name: string]: Setting };
