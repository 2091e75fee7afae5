// Databases take only so many values in one statement.
const MOST_VALUES = 500;

/** Rows for however many keys, asked for some hundred at a time. */
export async function inBatches<Key, Row>(keys: readonly Key[], ask: (part: Key[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < keys.length; at += MOST_VALUES)
    for (const row of await ask(keys.slice(at, at + MOST_VALUES))) rows.push(row);
  return rows;
}
