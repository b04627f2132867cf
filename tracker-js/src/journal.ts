import { once } from "./guard";
import type { Row } from "./row";

// Rows of unconfirmed events in IndexedDB, one row an event, so that tabs never overwrite each other.
export const STORE = "rows";

let database: IDBDatabase | undefined;
let changes: Record<string, Row | false> | undefined; // by id; false where the row goes

/** Runs `use` in one transaction, and writes it out at once: a page may die before it would be. */
export function within(use: (store: IDBObjectStore) => void): void {
  if (!database) return;
  const transaction = database.transaction(STORE, "readwrite");
  use(transaction.objectStore(STORE));
  transaction.commit();
}

/** From now on rows are kept, or no longer. */
export function setDatabase(opened?: IDBDatabase): void {
  database = opened;
}

/** Writes what has changed. A transaction takes longer than all the rest of a click, so it has a task of its own. */
export function flushJournal(): void {
  const known = changes;
  changes = undefined;
  if (known) {
    within((store) => {
      for (const id in known) {
        if (known[id]) store.put(known[id]);
        else store.delete(id);
      }
    });
  }
}

const flushSoon = once(flushJournal);

/** Keeps rows from now on, or no longer. */
export function write(rows: readonly Row[], isGone?: boolean): void {
  if (!database) return;
  changes = changes || {};
  for (const row of rows) changes[row.id] = !isGone && row;
  flushSoon();
}
