import type { QaResult } from '#shared/filter/filter.ts';
import { QA_RESULTS } from '#shared/format/labels.ts';
import Icon from './Icon.tsx';

const LOOKS = {
  passed: { icon: 'pass', className: 'status' },
  failed: { icon: 'fail', className: 'status status-fail' },
  none: { icon: 'none', className: 'status status-none' },
} as const;

/** How a call stands with QA, in a word with its icon. */
export default function Status({ result }: { result: QaResult }) {
  const { icon, className } = LOOKS[result === 'passed' || result === 'failed' ? result : 'none'];
  return (
    <span className={className}>
      <Icon name={icon} /> {QA_RESULTS[result]}
    </span>
  );
}
