/**
 * One event that the collector has not confirmed, as text: small in memory and in the journal, a copy of what
 * the page gave, and of a known length. `id` is the event's id at the collector: `<page id>.<seq>`.
 */
export interface Row {
  readonly id: string;
  /** JSON of what the events of a body share. */
  readonly head: string;
  readonly text: string;
  /** Ms since 1970. */
  readonly at: number;
}
