/** How often two who judged the same things said the same. */
export interface Agreement {
  /** Judged by both. */
  n: number;
  bothPassed: number;
  bothFailed: number;
  /** The report failed what the person passed, and the other way round. */
  tooStrict: number;
  tooMild: number;
  /** Share of the same verdicts, 0..1; absent where nothing was judged. */
  share?: number;
  /**
   * Cohen's kappa, at most 1: agreement beyond what two with these shares of passed would reach by chance. Absent where that cannot be
   * told: nothing was judged, or both gave one and the same verdict throughout.
   */
  kappa?: number;
}

/** Of pairs of verdicts; true: passed. */
export function agreementOf(pairs: readonly { person: boolean; report: boolean }[]): Agreement {
  const count = (person: boolean, report: boolean) =>
    pairs.filter((pair) => pair.person === person && pair.report === report).length;
  const [bothPassed, tooStrict, tooMild, bothFailed] = [
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  ] as [number, number, number, number];
  const n = pairs.length;
  const cells = { n, bothPassed, bothFailed, tooStrict, tooMild };
  if (n === 0) return cells;
  const same = bothPassed + bothFailed;
  // Whole numbers as long as can be: "alike throughout" is then told exactly.
  const byChance =
    (bothPassed + tooStrict) * (bothPassed + tooMild) + (bothFailed + tooMild) * (bothFailed + tooStrict);
  const kappa = byChance === n * n ? undefined : (same * n - byChance) / (n * n - byChance);
  return { ...cells, share: same / n, ...(kappa !== undefined && { kappa }) };
}
