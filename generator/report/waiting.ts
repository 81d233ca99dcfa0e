import type { WaitingView } from '#shared/view.ts';
import { outsideNames } from '../masking/outside-names.ts';
import type { Waiting, WaitingCall } from '../source/waiting.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** Calls that the pipeline has not brought to their end, as they may be shown. Nothing is known of them, so their ids and reasons are masked as names are. */
export function waitingView({ calls, waiting, dead, engines, isUnread }: Waiting, config: TenantConfig): WaitingView {
  const show = outsideNames(config);
  const linesOf = (state: WaitingCall['state'], all: number) => {
    const own = calls.filter((each) => each.state === state);
    const lines = own.map(({ call, stage, reason, since }) => ({
      call: show(call),
      stage: show(stage),
      reason: show(reason),
      ...(since !== undefined && { since }),
    }));
    // Their order tells nothing of what is not shown.
    if (config.masking) lines.sort((a, b) => compare(a.since ?? '', b.since ?? '') || compare(a.call, b.call));
    return { lines, more: all - lines.length };
  };
  return {
    dead: linesOf('dead', dead),
    waiting: linesOf('waiting', waiting),
    engines: Object.entries(engines).map(([task, name]) => ({ task: show(task), name: show(name) })),
    ...(isUnread && { isUnread }),
  };
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
