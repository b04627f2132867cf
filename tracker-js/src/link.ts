import type { Props } from "./wire";

// An extension, but those of pages: .html, .php, .asp, .jsp and their likes.
const FILES = /\.(?!ht|php|[aj]sp)\d?[a-z]\w{0,3}$/i;

/** Where a link leads, without query and fragment (they can hold secrets), and its kind; of `mailto:` and the like only that, of a link in SVG nothing. */
export const getLink = ({ protocol, host, pathname, href, download }: HTMLAnchorElement): Props => ({
  href: host ? href.replace(/[?#].*/, "") : undefined,
  link: !host
    ? protocol?.slice(0, -1)
    : download || FILES.test(pathname)
      ? "download"
      : host !== location.host
        ? "outbound"
        : undefined,
});
