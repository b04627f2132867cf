import type { Extra, Plus } from "./parts";

export const extra = undefined as Extra | undefined;
export const plus = undefined as Plus | undefined;
