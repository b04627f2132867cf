// Names that a build or a framework makes up, and that change with the next release: item-1234, css-1a2b3c,
// root__3fK2d, iGhTyU, sdfkjh. A short number at the end (step2) only counts.
const GENERATED = /\d{3}|\d[a-z]|^(css|sc|ng)-|[a-z][A-Z][a-z][A-Z]|[b-df-hj-np-tv-xz]{5}/;

// Class names that say how a thing looks or what state it is in, not what it is.
const LOOK = /\d|^(.|..|has)-|flex|grid|active|open|hid|show|select/;

/** Whether a person chose this id, test id or role, so that it still names the same thing after a release. */
export const isStable = (name: string): boolean =>
  /^[a-z][\w.-]{1,39}$/i.test(name) && !GENERATED.test(name);

/** The same for a class, which must also say what the element is. */
export const isTelling = (name: string): boolean => isStable(name) && !LOOK.test(name);
