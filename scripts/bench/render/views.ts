import type { CallPage, PageView } from '#shared/view.ts';
import { buildSite } from '../../../generator/build.ts';
import { silentLog } from '../../../generator/lib/console.ts';
import type { Renderer } from '../../../generator/render/renderer.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { tenants } from '../../demo/data/tenants.ts';
import { writeDemoData } from '../../demo/data/write.ts';

const DAYS = 60;
/** Of 60 days so many are working days, weekends counted for their share. */
const WORKING_DAYS = 50;
const LEAST_A_DAY = 20;

/** The view models of so many call pages of the demo's first tenant, by path, as a build makes them; same count, same views. */
export async function callViews(count: number): Promise<CallPage[]> {
  const stores = { results: memoryStore(), config: memoryStore(), input: memoryStore() };
  const daily = Math.max(LEAST_A_DAY, Math.ceil(count / WORKING_DAYS) + 5);
  const now = new Date('2026-11-22T12:00:00Z');
  await writeDemoData(stores, { now, days: DAYS, callsPerDay: [daily, daily] });
  const views: CallPage[] = [];
  const keep = (view: PageView): void => void (view.kind === 'call' && views.push(view));
  const renderer: Renderer = {
    version: 'bench',
    render: async () => '',
    renderAll: async (pages) => {
      pages.forEach(keep);
      return pages.map(() => new Uint8Array());
    },
    csp: () => '',
    assets: async () => new Map(),
  };
  const context = { ...stores, reports: memoryStore(), renderer, log: silentLog, now: () => now, codeVersion: 'bench' };
  await buildSite(context, tenants[0]?.org ?? '');
  if (views.length < count) throw new Error(`missing views: ${count} wanted, ${views.length} made`);
  return views.sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, count);
}
