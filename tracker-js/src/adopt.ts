import { rows, send } from "./delivery";
import { guard } from "./guard";
import { setDatabase, STORE, within, write } from "./journal";
import type { Row } from "./row";
import { settings } from "./settings";

const OWNED_MS = 15_000; // a tab that lives confirms or rewrites its rows more often than that
const KEPT_MS = 48 * 3_600_000; // shorter than the collector's memory of ids

/** Takes over the rows that pages which are gone left in the journal, and forgets those that are too old. */
export function adoptRows(): void {
  within((store) => {
    const request: IDBRequest<Row[]> = store.getAll();
    request.onsuccess = guard(() => {
      for (const row of request.result) {
        const age_ms = Date.now() - row.at;
        if (age_ms > KEPT_MS) write([row], true);
        else if (age_ms > OWNED_MS && !rows.find((own) => own.id === row.id)) rows.push(row);
      }
      send();
    });
  });
}

/** Keeps unconfirmed events in this browser from now on. */
export function openJournal(): void {
  const request = indexedDB.open("footfall-" + settings.site);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  request.onsuccess = guard(() => {
    setDatabase(request.result);
    write(rows);
    adoptRows();
  });
}
