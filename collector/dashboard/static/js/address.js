// Where Footfall is: at the root of its host, or below a path.

/** The address of `path`, which begins with a slash, on this host. */
export const at = (path) => `${document.documentElement.dataset.root}${path}`;
