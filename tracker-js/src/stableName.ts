// Names that a build or a framework makes up, and that change with the next release.
const GENERATED = [
  /\d{4}/, // item-123456, yui_3_17_2_1_1487
  /^(css-|sc-|ng-|svelte-|ember\d)/, // sc-bdvvtg
  /(^|[-_])(?![a-z]+\d\d?($|[-_]))(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,}($|[-_])/i, // root__3fK2d mixes, step2 counts
  /__(?=\w*[A-Z])\w{5,}$/, // card_title__aBcDe
  /[a-z][A-Z][a-z][A-Z]/, // iGhTyU
  /[bcdfghjklmnpqrstvwxz]{5}/i, // sdfkjh
];

// Class names that say how a thing looks or what state it is in, not what it is.
const LOOK =
  /^(is|has|items|justify|[pm][xytblr]?|[wh]|m[inax]{2}|text|font|bg|border|rounded|shadow|overflow|flex|grid|col|row)(-|$)|^(block|inline|relative|absolute|fixed|sticky|hidden|active|open|show|selected|disabled)$/;

/** Whether a person chose this id or test id, so that it still names the same thing after a release. */
export function isStableName(name: string): boolean {
  return /^[a-z][\w.-]{1,39}$/i.test(name) && !GENERATED.some((pattern) => pattern.test(name));
}

/** The same for a class, which must also say what the element is. */
export function isStableClass(name: string): boolean {
  return isStableName(name) && !/\d/.test(name) && !LOOK.test(name);
}
