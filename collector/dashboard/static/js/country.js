// A country code as a name and a flag.

const names = new Intl.DisplayNames(["en"], { type: "region" });
const CODE = /^[A-Z]{2}$/;

export function countryName(code) {
  return CODE.test(code) ? (names.of(code) ?? code) : code;
}

/** The flag emoji, or null where there is none or the system cannot draw flags. */
export function countryFlag(code) {
  if (!CODE.test(code) || !canDrawFlags()) return null;
  return String.fromCodePoint(...[...code].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65));
}

let drawable = null;

// Windows and systems without an emoji font draw two letters or boxes for a flag. A real flag has colour.
function canDrawFlags() {
  if (drawable !== null) return drawable;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = "18px sans-serif";
  context.textBaseline = "top";
  context.fillText("\u{1f1e9}\u{1f1ea}", 0, 0);
  const pixels = context.getImageData(0, 0, 24, 24).data;
  drawable = pixels.some((value, at) => at % 4 < 3 && value > 40);
  return drawable;
}
