import type { RuleResult, Sentiment } from '../model.ts';

/** A call as a row of columns has it: its sentiment in two figures, its rules by identity. */
interface FlatCall {
  sentimentLabel?: Sentiment['label'];
  /** positive - negative. */
  sentiment?: number;
  /** Rules that were evaluated → passed. */
  rules: { [rule: string]: boolean };
}

/** A row with the sentiment and rules of a `Call`, so that rows and calls are judged by the same functions. */
export type RowFacts<Row extends FlatCall> = Omit<Row, 'sentiment' | 'rules'> & {
  sentiment: Pick<Sentiment, 'label' | 'score'> | undefined;
  rules: Required<Pick<RuleResult, 'rule' | 'pass'>>[];
};

/** The row as a call; its sentiment is absent where none was analysed. */
export const factsOf = <Row extends FlatCall>(row: Row): RowFacts<Row> => ({
  ...row,
  sentiment:
    row.sentimentLabel === undefined && row.sentiment === undefined
      ? undefined
      : { label: row.sentimentLabel, score: row.sentiment },
  rules: Object.entries(row.rules).map(([rule, pass]) => ({ rule, pass })),
});
