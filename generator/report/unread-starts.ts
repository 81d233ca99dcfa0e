import { UNDATED } from '#shared/counts/fold.ts';
import { isUnread } from '../normalize/remarks.ts';
import { columnsFor } from '../tenants/column-names.ts';
import type { TenantConfig } from '../tenants/config.ts';
import type { Telling } from './remarks.ts';

/** Calls without a day whose start is there and could not be read. */
export function tellUnreadStarts({ columns }: TenantConfig): Telling<number> {
  const starts: readonly string[] = [...columnsFor(columns, 'started_at'), 'start_timestamp'];
  let calls = 0;
  return {
    add({ known: { day, remarks = [] } }) {
      const isStart = (column: string | undefined) => column !== undefined && starts.includes(column);
      if (day === UNDATED && remarks.some(({ code, column }) => isStart(column) && isUnread(code))) calls++;
    },
    end: () => calls,
  };
}
