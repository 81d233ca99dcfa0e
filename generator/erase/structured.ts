/** Fields that hold a call's id, and fields whose keys are calls' ids, in what we write. */
const FIELDS: ReadonlySet<string> = new Set(['callId', 'call_id']);
const KEYED: ReadonlySet<string> = new Set(['calls', 'rows', 'repeated']);

/** Whether a text in JSON, or in lines of JSON, names a call where ids stand: in states, days, files of calls, lists. */
export function namesCall(text: string, id: string): boolean {
  if (!text.includes(id)) return false;
  const whole = parsed(text);
  if (whole !== undefined) return isNamed(whole, id);
  return text.split('\n').some((line) => line.includes(id) && isNamed(parsed(line), id));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isNamed(value: unknown, id: string): boolean {
  const queue: unknown[] = [value];
  while (queue.length > 0) {
    const each = queue.pop();
    if (each === null || typeof each !== 'object') continue;
    if (Array.isArray(each)) {
      for (const inner of each) queue.push(inner);
      continue;
    }
    for (const [name, inner] of Object.entries(each)) {
      // Agents and rules have an id too, but neither a direction nor ETags.
      const isCall = Object.hasOwn(each, 'direction') || Object.hasOwn(each, 'etags');
      const isId = FIELDS.has(name) || (name === 'id' && isCall);
      if (isId && inner === id) return true;
      if (KEYED.has(name) && isKeyedBy(inner, id)) return true;
      if (name === 'ids' && listOf(inner).includes(id)) return true;
      queue.push(inner);
    }
  }
  return false;
}

const isKeyedBy = (value: unknown, id: string): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, id);

/** A column of ids. */
const listOf = (value: unknown): unknown[] => {
  const each = value !== null && typeof value === 'object' ? (value as { each?: unknown }).each : undefined;
  return Array.isArray(each) ? each : [];
};
