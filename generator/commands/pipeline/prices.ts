import type { Config } from '../../pipeline/config.ts';
import type { Paid } from '../../pipeline/world.ts';

/** What engines cost, by the organization's own prices or by list prices, which are assumptions. */
interface Prices {
  currency: string;
  /** Of a minute of sound. */
  minute: number;
  /** Of a hundred characters of sentiment. */
  unit: number;
  /** Of a million tokens, read and written together. */
  millionTokens: number;
}

/**
 * List prices that we know of, and have not checked since: Amazon Transcribe, first tier; Amazon Comprehend, first tier; a small Claude
 * model on Bedrock at 1 USD for a million tokens read and 5 USD for a million written, of which one in eight is written.
 */
const LIST = { minute: 0.024, unit: 0.0001, millionTokens: 1.5 } as const;

/** Prices of the engines that are named; what runs on one's own machine costs nothing here. */
function pricesOf({ engines, prices }: Config): Prices {
  const { transcribe, sentiment, evaluate } = engines;
  return {
    currency: prices.currency,
    minute: prices.minute ?? (transcribe === 'amazon' ? LIST.minute : 0),
    unit: prices.sentimentUnit ?? (sentiment === 'comprehend' ? LIST.unit : 0),
    millionTokens: prices.millionTokens ?? (evaluate === 'bedrock' ? LIST.millionTokens : 0),
  };
}

export interface Cost {
  currency: string;
  minutes: number;
  units: number;
  tokens: number;
  all: number;
}

/** What was used, or would be, in money. */
export function priced(config: Config, { minutes, units, tokens }: Omit<Paid, 'calls'>): Cost {
  const prices = pricesOf(config);
  const cost = {
    minutes: minutes * prices.minute,
    units: units * prices.unit,
    tokens: (tokens / 1e6) * prices.millionTokens,
  };
  return { currency: prices.currency, ...cost, all: cost.minutes + cost.units + cost.tokens };
}

/** "12.34 USD" */
export const costText = ({ currency, all }: Pick<Cost, 'currency' | 'all'>): string => `${all.toFixed(2)} ${currency}`;
