export { extra } from "./full";
export { plus } from "./plus";
