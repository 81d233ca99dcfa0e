declare module 'vader-sentiment' {
  /** Shares of words that are negative, neutral and positive; `compound` is -1 to 1. */
  export const SentimentIntensityAnalyzer: {
    polarity_scores(text: string): { neg: number; neu: number; pos: number; compound: number };
  };
}
