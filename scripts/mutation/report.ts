/** Of a report by the schema of mutation testing elements, what is read here. */
export interface Report {
  files: { [file: string]: { source: string; mutants: Mutant[] } };
}

interface Mutant {
  mutatorName: string;
  replacement?: string;
  status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'CompileError' | 'RuntimeError' | 'Ignored' | 'Pending';
  location: { start: { line: number; column: number }; end: { line: number; column: number } };
}

const NOTICED: readonly Mutant['status'][] = ['Killed', 'Timeout'];
const UNNOTICED: readonly Mutant['status'][] = ['Survived', 'NoCoverage'];

/** Mutants that could run, and how many of them a test noticed. */
export function scoreOf(reports: readonly Report[]): { score: number; noticed: number; mutants: number } {
  const all = reports.flatMap(({ files }) => Object.values(files).flatMap(({ mutants }) => mutants));
  const noticed = all.filter(({ status }) => NOTICED.includes(status)).length;
  const mutants = noticed + all.filter(({ status }) => UNNOTICED.includes(status)).length;
  return { score: mutants === 0 ? 100 : (100 * noticed) / mutants, noticed, mutants };
}

/**
 * What Stryker may reuse of an older report: no mutant that went unnoticed. It would not run it again where a row of a table was added,
 * which changes no test's name, and no static one whatever was added.
 * @param sources that are about to be run
 */
export function withoutSurvivors(report: Report, sources: readonly string[]): Report {
  const files = Object.entries(report.files).map(([file, of]) => {
    const mutants = of.mutants.map((mutant) =>
      sources.includes(file) && UNNOTICED.includes(mutant.status) ? { ...mutant, status: 'Ignored' as const } : mutant,
    );
    return [file, { ...of, mutants }] as const;
  });
  return { ...report, files: Object.fromEntries(files) };
}

/** One line for each mutant that no test noticed: place, what stood there, and what stood there instead. */
export function survivorsOf({ files }: Report): string[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => UNNOTICED.includes(status))
      .map(({ location: { start, end }, replacement = '', status }) => {
        const line = lines[start.line - 1] ?? '';
        const was = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
        return `${file}:${start.line}: ${short(was)} → ${short(replacement)}${status === 'NoCoverage' ? ' (no test comes here)' : ''}`;
      });
  });
}

const short = (code: string): string => {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};
