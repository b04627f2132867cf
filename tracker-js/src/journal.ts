import { guard } from "./guard";
import type { Row } from "./row";

// Rows of unconfirmed events in IndexedDB, one row an event, so that tabs never overwrite each other.
export const STORE = "rows";

let database: IDBDatabase | undefined;

/** Runs `use` in one transaction, and writes it out at once: a page may die before it would be. */
export const within = guard((use: (store: IDBObjectStore) => void) => {
  if (!database) return;
  const transaction = database.transaction(STORE, "readwrite");
  use(transaction.objectStore(STORE));
  transaction.commit();
});

/** From now on rows are kept, or no longer. */
export function setDatabase(opened?: IDBDatabase): void {
  database = opened;
}

export function write(rows: Iterable<Row>): void {
  within((store) => {
    for (const row of rows) store.put(row);
  });
}

export function erase(rows: Iterable<Pick<Row, "id">>): void {
  within((store) => {
    for (const row of rows) store.delete(row.id);
  });
}

export function eraseAll(): void {
  within((store) => store.clear());
}
