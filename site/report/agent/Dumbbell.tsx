interface Props {
  /** Shares, 0 to 1. */
  now: number;
  past: number | undefined;
  team: number | undefined;
  isWorse: boolean;
}

/** In per cent of the picture's width: nothing in it is stretched. */
const at = (rate: number): string => `${(rate * 100).toFixed(1)}%`;

/** A rate, where it came from, and where the team is, on one line. */
export default function Dumbbell({ now, past, team, isWorse }: Props) {
  return (
    <svg className="dumbbell" width="100%" height="16" aria-hidden="true">
      <line x2="100%" y1="8" y2="8" />
      {past !== undefined && <line className="move" x1={at(past)} x2={at(now)} y1="8" y2="8" />}
      {team !== undefined && <line className="team" x1={at(team)} x2={at(team)} y1="1" y2="15" />}
      {past !== undefined && <circle className="past" cx={at(past)} cy="8" r="4.25" />}
      <circle className={isWorse ? 'now now-worse' : 'now'} cx={at(now)} cy="8" r="5" />
    </svg>
  );
}

/** What the marks of it are. */
export function DumbbellKey({ teamName }: { teamName: string }) {
  return (
    <>
      <svg className="dumbbell-key" width="12" height="12" aria-hidden="true">
        <circle className="now" cx="6" cy="6" r="5" />
      </svg>{' '}
      now{' '}
      <svg className="dumbbell-key" width="12" height="12" aria-hidden="true">
        <circle className="past" cx="6" cy="6" r="4.25" />
      </svg>{' '}
      own past{' '}
      <svg className="dumbbell-key" width="4" height="12" aria-hidden="true">
        <line className="team" x1="2" x2="2" y2="12" />
      </svg>{' '}
      {teamName}
    </>
  );
}
