/** 52 random bits and the ms of now, about 19 characters: no two pages on earth share it. */
export function getRandomId(): string {
  return Math.random().toString(36).slice(2) + Date.now().toString(36);
}
