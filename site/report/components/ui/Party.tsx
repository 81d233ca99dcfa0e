import { DIRECTIONS } from '#shared/format/labels.ts';
import type { Direction } from '#shared/model.ts';
import Icon from './Icon.tsx';

interface Props {
  /** Number or address of the other party. */
  number: string | undefined;
  direction: Direction;
}

/** Which way a call went, and with whom; a pseudonym says that it is one. */
export default function Party({ number, direction }: Props) {
  return (
    <>
      <Icon name={direction} /> <span className="visually-hidden">{DIRECTIONS[direction]} </span>
      {number === undefined ? (
        <span className="quiet">No number</span>
      ) : number.startsWith('••') ? (
        <span title={number}>
          {number.slice(0, number.indexOf('-'))} <span className="quiet">masked</span>
        </span>
      ) : (
        <span title={number}>{number}</span>
      )}
    </>
  );
}
