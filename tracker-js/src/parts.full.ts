import type { Plus } from "./parts";

export { extra } from "./full";
export const plus = undefined as Plus | undefined;
