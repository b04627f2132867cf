// A name and how it is written: #id, [test id or role], .class
const NAME = /^\W[a-z][\w.-]{1,39}]?$/i;

// Names that a build or a framework makes up, and that change with the next release: item-1234, css-1a2b3c,
// root__3fK2d, iGhTyU, sdfkjh. A short number at the end (step2) only counts. And classes that say how a thing
// looks or what state it is in, not what it is.
const PASSING =
  /\d{3}|\d[a-z]|\Wng-|[a-z][A-Z][a-z][A-Z]|[b-df-hj-np-tv-xz]{5}|^\.((.|..|has)-|.*(\d|active|open|hid|show|select))/;

/** Whether a person chose this `#id`, `[test id]` or `.class`, so that it still names the same thing after a release. */
export const isStable = (name: string): boolean => NAME.test(name) && !PASSING.test(name);
